using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.SunSpec;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Devices.Tests.SunSpec;

/// <summary>
/// A battery block that could not be read, or can't be true, must never be replaced by what the inverter says of itself: the home would
/// be commissioned with ratings that its battery does not have, and nobody would know.
/// </summary>
public sealed class MisreadBatteryTests
{
    // Model 802 of the image "hybrid": marker, 1, 103, 120 to 124 come before it.
    private const int Battery = 40002 + 68 + 52 + 28 + 32 + 46 + 26 + 26;
    private const int Energy = Battery + 3, Charge = Battery + 4, Scale = Battery + 54;

    [Theory]
    [InlineData(Charge, 0)]
    [InlineData(Charge, 1)]
    [InlineData(Scale, 0x8000)]
    public async Task A_charge_power_that_can_not_be_true_is_invalid_though_the_inverter_tells_one(int register, int word)
    {
        TamperedBank bank = new(Images.Device("hybrid")) { Replace = { [register] = (ushort)word } };

        Nameplate nameplate = (await Images.ReadAsync(new BankClient(bank))).Nameplate;

        Assert.Equal(6000m, nameplate.Limits.InverterChargeW.Value);
        Assert.Equal(FieldState.Invalid, nameplate.MaxChargeW.State);
        Assert.Contains(MissingField.Of(nameplate), field => field.Override == "MaxChargeW");
    }

    [Fact]
    public async Task A_capacity_of_zero_is_not_replaced_by_that_of_a_lesser_source()
    {
        const int InverterEnergy = 40002 + 68 + 52 + 19;
        TamperedBank bank = new(Images.Device("hybrid")) { Replace = { [Energy] = 0, [InverterEnergy] = 9000, [InverterEnergy + 1] = 0 } };

        Nameplate nameplate = (await Images.ReadAsync(new BankClient(bank))).Nameplate;

        Assert.Equal(FieldState.Invalid, nameplate.CapacityWh.State);
    }

    [Fact]
    public async Task A_battery_block_that_the_device_refuses_is_invalid_and_tells_what_to_set()
    {
        TamperedBank bank = new(Images.Device("hybrid")) { Answer = ModbusExceptionCode.IllegalDataAddress, From = Battery + 2 };

        Nameplate nameplate = (await Images.ReadAsync(new BankClient(bank))).Nameplate;

        Assert.Equal(FieldState.Invalid, nameplate.CapacityWh.State);
        Assert.Equal(FieldState.Invalid, nameplate.MaxChargeW.State);
        Assert.Contains("Modbus:RegistersPerRead", nameplate.MaxChargeW.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(0)]
    public async Task A_battery_block_that_fails_or_stays_silent_fails_the_reading(byte answer)
    {
        TamperedBank bank = new(Images.Device("hybrid")) { Answer = (ModbusExceptionCode)answer, From = Battery + 2 };

        await Assert.ThrowsAnyAsync<ModbusException>(() => ReadAsync(bank));
    }

    [Fact]
    public async Task A_fault_that_passes_is_waited_out()
    {
        TamperedBank bank = new(Images.Device("hybrid")) { Answer = ModbusExceptionCode.DeviceFailure, From = Battery + 2, Times = 2 };

        Nameplate nameplate = (await ReadAsync(bank)).Nameplate;

        Assert.Equal(6000m, nameplate.MaxChargeW.Value);
        Assert.Equal(15_000m, nameplate.CapacityWh.Value);
    }

    [Fact]
    public async Task A_walk_that_breaks_off_before_the_battery_once_is_walked_again()
    {
        // The header of model 802 and all after it are silent at first, as if the map ended there.
        TamperedBank bank = new(Images.Device("hybrid")) { Answer = IRegisterBank.NoReply, From = Battery, Times = 2 };

        Nameplate nameplate = (await ReadAsync(bank)).Nameplate;

        Assert.Equal("SunSpec 802 WHRtg", nameplate.CapacityWh.Source);
        Assert.Equal(15_000m, nameplate.CapacityWh.Value);
    }

    private static async Task<NameplateReading> ReadAsync(TamperedBank bank)
    {
        FakeTimeProvider time = new();
        Task<NameplateReading> reading = new SunSpecNameplateReader(time).ReadAsync(new BankClient(bank), 1, TestContext.Current.CancellationToken);
        while (!reading.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        return await reading;
    }

    /// <summary>A device that answers reads of some registers otherwise than it should.</summary>
    private sealed class TamperedBank(IRegisterBank inner) : IRegisterBank
    {
        private int _answered;

        public Dictionary<int, ushort> Replace { get; } = [];

        public ModbusExceptionCode? Answer { get; init; }

        public int From { get; init; } = int.MaxValue;

        public int Times { get; init; } = int.MaxValue;

        public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
        {
            if (address + destination.Length > From && Answer is { } answer && _answered++ < Times) return answer;
            ModbusExceptionCode? refused = inner.Read(unit, function, address, destination);
            foreach ((int register, ushort word) in Replace)
            {
                if (refused is null && register >= address && register < address + destination.Length) destination[register - address] = word;
            }

            return refused;
        }

        public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => ModbusExceptionCode.IllegalFunction;
    }
}
