using Flip.Edge.Cli;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Simulator.Devices.Families;

namespace Flip.Edge.Tests.Cli;

public sealed class PlanTextTests
{
    [Fact]
    public async Task Every_transaction_is_told_with_what_it_held_and_what_was_read_through()
    {
        string[] lines = await ExplainAsync("sungrow-sh", ModbusEndpoint.Parse("rtu:///dev/ttyTest?baud=9600"), TimeSpan.FromMilliseconds(30));

        Assert.Contains("A transaction costs 50.8 ms here and each register 2.08 ms: a gap of up to 24 registers is read through, and over a wider one it is asked again.", Flat(lines), StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("The device answers after 30 ms; the time-out in force is 1.0 s", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("input           4989      12", StringComparison.Ordinal) && line.EndsWith("serial, type, rated", StringComparison.Ordinal));
        Assert.Contains("; read through ", Flat(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_SunSpec_device_headers_and_points_are_named()
    {
        string[] lines = await ExplainAsync("outback", ModbusEndpoint.Parse("tcp://192.0.2.1"), TimeSpan.FromMilliseconds(200));

        Assert.Contains("any gap that fits a read is read through", Flat(lines), StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("marker, header of 1, 1.Mn", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith("nothing: exception 2", StringComparison.Ordinal));
    }

    // Long lines are broken at the ends of words.
    private static string Flat(string[] lines) => string.Join(' ', lines.SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    private static async Task<string[]> ExplainAsync(string image, ModbusEndpoint endpoint, TimeSpan latency)
    {
        SimulatedDevice device = new(FamilyImages.All.Single(one => one.Name == image).CreateTables(), DeviceWire.Rtu);
        await using BankClient client = new(device, endpoint) { Latency = latency };
        DeviceProfile profile = ProfileCatalog.Embedded.Find(image)!;
        NameplateReading reading = await new NameplateReader(TimeProvider.System).ReadAsync(client, device.Units[0], profile, TestContext.Current.CancellationToken);
        await using StringWriter text = new();
        await PlanText.WriteAsync(text, reading);
        return text.ToString().Split('\n');
    }
}
