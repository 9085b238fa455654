using System.Text.Json.Nodes;
using Flip.Edge.Simulator.Broker;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Flapping;

/// <summary>A device, a broker and Flip's cloud that work, each behind a port that can make trouble; and the daemon's configuration for them.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flip-edge-flapping-").FullName;
    private readonly List<IAsyncDisposable> _running = [];

    private World()
    {
    }

    public FlappingPort Device { get; private set; } = null!;

    public FlappingPort Broker { get; private set; } = null!;

    public FlappingPort Cloud { get; private set; } = null!;

    public string Socket => Path.Combine(_folder, "edge.sock");

    public string Folder => _folder;

    public string Configuration => Path.Combine(_folder, "flip-edge.json");

    /// <summary>How long nothing was said between the daemon and any of them.</summary>
    public TimeSpan Idle => new[] { Device.Idle, Broker.Idle, Cloud.Idle }.Min();

    /// <exception cref="IOException">A port can't be had.</exception>
    public static async Task<World> StartAsync(CancellationToken cancellationToken)
    {
        World world = new();
        try
        {
            HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find(DeviceImages.Default)!, 0);
            world._running.Add(device);
            EmbeddedBroker broker = await EmbeddedBroker.StartAsync();
            world._running.Add(broker);
            MockFlipCloudOptions options = new();
            MockFlipCloud cloud = await MockFlipCloud.StartAsync(options, cancellationToken);
            world._running.Add(cloud);
            world.Device = await world.InFrontOfAsync(((Modbus.ModbusTcpEndpoint)device.Endpoint).Port, cancellationToken);
            world.Broker = await world.InFrontOfAsync(broker.Port, cancellationToken);
            world.Cloud = await world.InFrontOfAsync(cloud.BaseUrl.Port, cancellationToken);
            world.Configure(options.ClientToken);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable part in _running.AsEnumerable().Reverse()) await part.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<FlappingPort> InFrontOfAsync(int target, CancellationToken cancellationToken)
    {
        FlappingPort port = new(target);
        await port.BecomeAsync(Trouble.None, cancellationToken);
        _running.Add(port);
        return port;
    }

    private void Configure(string token)
    {
        string tokenFile = Path.Combine(_folder, "token");
        File.WriteAllText(tokenFile, token);
        File.SetUnixFileMode(tokenFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(Configuration, new JsonObject
        {
            ["Gateway"] = new JsonObject { ["Id"] = "gw-soak", ["DataDirectory"] = Path.Combine(_folder, "data"), ["Clock"] = "as_set" },
            ["Flip"] = new JsonObject { ["BaseUrl"] = $"http://127.0.0.1:{Cloud.Port}", ["TokenFile"] = tokenFile },
            ["Site"] = new JsonObject { ["Id"] = "site-soak", ["ZipCode"] = "88800" },
            ["Devices"] = new JsonArray(
                new JsonObject { ["Id"] = "battery-1", ["Endpoint"] = $"tcp://127.0.0.1:{Device.Port}?unit=1", ["InstallDate"] = "2026-11-20" }),
            ["Commissioning"] = new JsonObject { ["CanAutoEnroll"] = true },
            ["Mqtt"] = new JsonObject { ["Host"] = "127.0.0.1", ["Port"] = Broker.Port },
            ["Local"] = new JsonObject { [nameof(Socket)] = Socket, ["Http"] = "off" },
        }.ToJsonString());
    }
}
