using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Devices.Tests.Probing;

/// <summary>The maker's name decides which map is read: what is known of Fronius and FranklinWH is not to be lost to one damaged reply.</summary>
public sealed class MakerIsReadTwiceTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_name_that_came_damaged_once_does_not_lead_past_its_makers_profile()
    {
        DamagedName bank = new(new(DeviceImages.Find("fronius-gen24")!.CreateTables(), DeviceWire.Tcp), times: 1);

        Assert.Equal("fronius-gen24", (await FindAsync(bank)).Profile.Name);
    }

    [Fact]
    public async Task Where_the_name_stays_damaged_a_person_is_asked_for_every_number()
    {
        DamagedName bank = new(new(DeviceImages.Find("franklinwh")!.CreateTables(), DeviceWire.Tcp), times: int.MaxValue);

        IdentifiedDevice found = await FindAsync(bank);
        Nameplate read = (await new DeviceReader((at, options) => new BankClient(bank, at, options), _time).ReadAsync(found, TestContext.Current.CancellationToken)).Nameplate;

        Assert.Equal("sunspec", found.Profile.Name);
        Assert.Equal(
            [nameof(NameplateOverrides.CapacityWh), nameof(NameplateOverrides.MaxChargeW), nameof(NameplateOverrides.MaxDischargeW)],
            read.Warnings.Where(warning => warning.NeedsPerson && warning.Sentence.StartsWith("it can't be told whose map this is", StringComparison.Ordinal)).Select(warning => warning.Override));
    }

    private Task<IdentifiedDevice> FindAsync(IRegisterBank bank) =>
        new DeviceProbe(ProfileCatalog.Embedded, (at, options) => new BankClient(bank, at, options), _time).FindAsync(
            ModbusEndpoint.Parse("tcp://h:502?unit=1"), DeviceProbe.Auto, new(), ProbeScope.Person, null, TestContext.Current.CancellationToken);

    /// <summary>Damages the first character of the manufacturer, so many times.</summary>
    private sealed class DamagedName(SimulatedDevice device, int times) : IRegisterBank
    {
        // Of the bases at which a map may begin.
        private static readonly int[] Names = [4, 40004, 50004];
        private int _done;

        public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
        {
            ModbusExceptionCode? answer = device.Read(unit, function, address, destination);
            foreach (int name in Names)
            {
                if (answer is null && address <= name && address + destination.Length > name && ++_done <= times) destination[name - address] |= 0x8000;
            }

            return answer;
        }

        public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => throw new InvalidOperationException("nothing is ever written");
    }
}
