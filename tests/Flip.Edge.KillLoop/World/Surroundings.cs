using Flip.Edge.KillLoop.Plans;
using Flip.Edge.Simulator.Broker;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.KillLoop.World;

/// <summary>Everything around one gateway, in this process: Flip's cloud, one battery and an MQTT broker. Each fails as the plan says.</summary>
internal sealed class Surroundings : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly MockCertificates _certificates;
    private readonly FaultCounts _counts;
    private readonly KillSwitch _kill;
    private readonly int _devicePort = PortPool.Take();
    private int _arrived;
    private int _done;
    private FlappingPart? _device;
    private FlappingPart? _broker;
    private EmbeddedBroker? _newestBroker;

    private Surroundings(MockCertificates certificates, FaultCounts counts, KillSwitch kill) => (_certificates, _counts, _kill) = (certificates, counts, kill);

    public MockFlipCloud Cloud { get; private set; } = null!;

    public int BrokerPort { get; } = PortPool.Take();

    public string DeviceEndpoint => $"tcp://127.0.0.1:{_devicePort}";

    public string AuthorityPem => _certificates.AuthorityPem;

    /// <summary>What the broker has retained, by topic.</summary>
    public IReadOnlyDictionary<string, string> Retained => _newestBroker!.Retained;

    public static async Task<Surroundings> StartAsync(
        RoundPlan plan, MockCertificates certificates, FaultCounts counts, KillSwitch kill, CancellationToken cancellationToken)
    {
        Surroundings surroundings = new(certificates, counts, kill);
        try
        {
            surroundings.Cloud = await MockFlipCloud.StartAsync(surroundings.CloudOptions(plan), cancellationToken);
            surroundings._device = await FlappingPart.StartAsync(surroundings.StartDeviceAsync, plan.DeviceOutages);
            surroundings._broker = await FlappingPart.StartAsync(surroundings.StartBrokerAsync, plan.BrokerOutages);
            return surroundings;
        }
        catch
        {
            await surroundings.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until device and broker are back, and until the cloud has done the last of what is under way there.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        await _device!.SettledAsync(cancellationToken);
        await _broker!.SettledAsync(cancellationToken);
        while (Volatile.Read(ref _done) < Volatile.Read(ref _arrived)) await Task.Delay(Pause, TimeProvider.System, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_broker is not null) await _broker.DisposeAsync();
        if (_device is not null) await _device.DisposeAsync();
        if (Cloud is not null) await Cloud.DisposeAsync();
        PortPool.GiveBack(BrokerPort);
        PortPool.GiveBack(_devicePort);
    }

    private MockFlipCloudOptions CloudOptions(RoundPlan plan) => new()
    {
        ClientToken = Gateway.Token,
        Script = plan.Faults.Of,
        Certificates = plan.IsSecure ? _certificates : null,
        CertificateOf = connection =>
        {
            MockCertificate certificate = connection <= plan.Certificates.Count ? plan.Certificates[connection - 1] : MockCertificate.Good;
            if (certificate != MockCertificate.Good) _counts.AddFault($"certificate {MockCertificateParser.Format(certificate)}");
            return certificate;
        },
        OnArrival = request =>
        {
            Interlocked.Increment(ref _arrived);
            _kill.Reached(request.Endpoint == MockFaultContext.Commission ? KillMoment.RequestArrives : KillMoment.QuestionArrives);
        },
        OnAnswering = exchange =>
        {
            Interlocked.Increment(ref _done);
            if (exchange.Fault != MockFault.None) _counts.AddFault($"{exchange.Request.Endpoint} {exchange.Fault}");
            if (exchange.Committed) _kill.Reached(KillMoment.Committed);
            _kill.Reached(KillMoment.Answering);
        },
        OnAnswered = _ => _kill.Reached(KillMoment.Answered),
    };

    private async Task<IAsyncDisposable> StartDeviceAsync()
    {
        HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find(DeviceImages.Default)!, _devicePort);
        device.Device.Accessed += _ => _kill.Reached(KillMoment.DeviceRead);
        return device;
    }

    private async Task<IAsyncDisposable> StartBrokerAsync() => _newestBroker = await EmbeddedBroker.StartAsync(BrokerPort);
}
