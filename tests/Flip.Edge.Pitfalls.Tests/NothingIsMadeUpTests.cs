using Flip.Edge.Devices;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.SunSpec;
using Flip.Edge.Modbus;
using Flip.Edge.Pitfalls.Support;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Simulator.Hostile;
using Flip.Edge.Simulator.Hostile.Data;

namespace Flip.Edge.Pitfalls;

/// <summary>
/// Every behaviour upon every honest device, with every size of reads: each value is the true one, or there is none, or a person is asked.
/// And it ends.
/// </summary>
public sealed class NothingIsMadeUpTests
{
    private const int MostReads = 800;

    // What a device says twice alike is what it says. These lie by the number of the read: with many small reads both readings are alike.
    private static readonly string[] SaysTheSameTwice = ["scale-moves", "serial-comes-and-goes", "data-one-up-at-times", "data-one-up-each-seventh"];

    public static TheoryData<string, string, int> Cases()
    {
        TheoryData<string, string, int> cases = [];
        foreach (DataBehaviour behaviour in Behaviours.All.OfType<DataBehaviour>())
        {
            foreach (string image in (string[])["hybrid", "hybrid-7xx", "two-batteries", "inverter-limits"])
            {
                foreach (int registersPerRead in (int[])[125, 40, 10])
                {
                    if (registersPerRead == 125 || !SaysTheSameTwice.Contains(behaviour.Name)) cases.Add(behaviour.Name, image, registersPerRead);
                }
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public Task A_value_is_the_true_one_or_there_is_none(string behaviour, string image, int registersPerRead) =>
        ReadAsync(image, new(HostileSunSpec.Device(behaviour, image), options: new() { RegistersPerRead = registersPerRead }));

    /// <summary>Over a slow network more is read at once, and ahead into what is not known yet.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public Task Nor_is_one_made_up_over_a_slow_network(string behaviour, string image, int registersPerRead) =>
        ReadAsync(image, new(HostileSunSpec.Device(behaviour, image), ModbusEndpoint.Parse("tcp://192.0.2.1"), new() { RegistersPerRead = registersPerRead })
        {
            Latency = TimeSpan.FromMilliseconds(20),
        });

    private static async Task ReadAsync(string image, BankClient client)
    {
        Nameplate truth = await HostileSunSpec.ReadAsync(new SimulatedDevice(DeviceImages.Find(image)!.CreateMap(), DeviceWire.Tcp));
        await using BankClient owned = client;
        try
        {
            Nameplate read = (await new SunSpecNameplateReader(new InstantTime()).ReadAsync(client, 1, TestContext.Current.CancellationToken)).Nameplate;

            AssertTrue(truth.Manufacturer, read.Manufacturer);
            AssertTrue(truth.Model, read.Model);
            AssertTrue(truth.SerialNumber, read.SerialNumber);
            AssertTrue(truth.CapacityWh, read.CapacityWh, read, nameof(NameplateOverrides.CapacityWh));
            AssertTrue(truth.MaxChargeW, read.MaxChargeW, read, nameof(NameplateOverrides.MaxChargeW));
            AssertTrue(truth.MaxDischargeW, read.MaxDischargeW, read, nameof(NameplateOverrides.MaxDischargeW));
        }
        catch (Exception expected) when (expected is DeviceNotReadableException or ModbusException)
        {
            Assert.NotEmpty(expected.Message);
        }

        Assert.InRange(client.Reads.Count, 1, MostReads);
    }

    private static void AssertTrue<T>(NameplateField<T> truth, NameplateField<T> read, Nameplate? of = null, string? name = null)
        where T : notnull
    {
        if (!read.IsPresent)
        {
            Assert.NotNull(read.Reason);
            return;
        }

        if (of is not null && of.Warnings.Any(warning => warning.NeedsPerson && warning.Override == name)) return;
        Assert.Equal(truth.Value, read.Value);
    }
}
