using System.Text.Json.Nodes;
using Flip.Edge.SystemTests.Support;

namespace Flip.Edge.SystemTests;

/// <summary>A nameplate from a server and a map that we did not write.</summary>
public sealed class NameplateFromPymodbusTests
{
    [Fact]
    public async Task Over_TCP_every_field_has_its_value_and_its_evidence()
    {
        int port = FreePort.Next();
        await using PymodbusServer device = await PymodbusServer.OnTcpAsync(Golden.Text("acme.map"), port);
        IsGolden(await EdgeCommand.RunAsync("probe", $"tcp://127.0.0.1:{port}?unit=1", "--json"), $"tcp://127.0.0.1:{port}?unit=1");
    }

    [Fact]
    public async Task Over_RTU_on_a_pty_pair_it_is_the_same()
    {
        await using PtyPair line = await PtyPair.StartAsync();
        await using PymodbusServer device = await PymodbusServer.OnSerialPortAsync(Golden.Text("acme.map"), line.One);
        CommandResult probe = await EdgeCommand.RunAsync("probe", $"rtu://{line.Other}?baud=9600&unit=1", "--json");
        IsGolden(probe, $"rtu://{line.Other}?baud=9600&parity=none&stop=1&unit=1");
    }

    [Fact]
    public async Task The_table_for_people_shows_the_same_values()
    {
        int port = FreePort.Next();
        await using PymodbusServer device = await PymodbusServer.OnTcpAsync(Golden.Text("acme.map"), port);
        CommandResult probe = (await EdgeCommand.RunAsync("probe", $"tcp://127.0.0.1:{port}")).Exited(0);
        Assert.All(["ACME Storage", "PowerCube 13", "AC-2209-000417", "13500 Wh", "4600 W", "5000 W"], text => Assert.Contains(text, probe.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_unit_that_pymodbus_does_not_serve_is_not_readable()
    {
        int port = FreePort.Next();
        await using PymodbusServer device = await PymodbusServer.OnTcpAsync(Golden.Text("acme.map"), port);
        CommandResult probe = (await EdgeCommand.RunAsync("probe", $"tcp://127.0.0.1:{port}?unit=7", "--timeout", "0.5")).Exited(3);
        Assert.Contains("unit 7", probe.Error, StringComparison.Ordinal);
    }

    private static void IsGolden(CommandResult probe, string endpoint)
    {
        JsonObject json = probe.Exited(0).Json.AsObject();
        Assert.Equal(endpoint, (string?)json["endpoint"]);
        Assert.InRange((int)json["duration_ms"]!, 1, 20_000);
        Assert.InRange(DateTimeOffset.Parse((string)json["read_at"]!, null), TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow().AddMinutes(1));

        // How far it is read ahead follows from the latency, which differs from machine to machine.
        Assert.InRange((int)json["transactions"]!, 4, 7);
        foreach (string changing in (string[])["endpoint", "duration_ms", "read_at", "transactions"]) json.Remove(changing);
        Assert.Equal(JsonNode.Parse(Golden.Text("acme-probe.json"))!.ToJsonString(), json.ToJsonString());
    }
}
