using Flip.Edge.Simulator.Broker;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Simulator.Demo;

/// <summary>Everything around the gateway: two batteries, Flip's cloud, which fails once, and an MQTT broker.</summary>
internal sealed class DemoWorld : IAsyncDisposable
{
    public const string ClientToken = "demo-client-token";
    private readonly Stack<IAsyncDisposable> _started = new();

    private DemoWorld()
    {
    }

    /// <summary>The hybrid on Modbus TCP.</summary>
    public HostedDevice OnTcp { get; private set; } = null!;

    /// <summary>Another maker's battery on Modbus RTU over a pseudo-terminal.</summary>
    public HostedDevice OnRtu { get; private set; } = null!;

    public EmbeddedBroker Broker { get; private set; } = null!;

    public MockFlipCloud Cloud { get; private set; } = null!;

    public static async Task<DemoWorld> StartAsync(Action<MockRequest> onRequest, CancellationToken ct)
    {
        var world = new DemoWorld();
        try
        {
            world.OnTcp = world.Started(await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0).ConfigureAwait(false));
            world.OnRtu = world.Started(HostedDevice.OnPseudoTerminal(DeviceImages.Find("hybrid-7xx")!, 9600));
            world.Broker = world.Started(await EmbeddedBroker.StartAsync().ConfigureAwait(false));
            world.Cloud = world.Started(await MockFlipCloud.StartAsync(
                new MockFlipCloudOptions { ClientToken = ClientToken, Faults = [MockFault.Status(503)], OnRequest = onRequest }, ct).ConfigureAwait(false));
            return world;
        }
        catch
        {
            await world.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_started.TryPop(out var part)) await part.DisposeAsync().ConfigureAwait(false);
    }

    private T Started<T>(T part)
        where T : IAsyncDisposable
    {
        _started.Push(part);
        return part;
    }
}
