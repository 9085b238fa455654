using System.Security.Cryptography.X509Certificates;
using Flip.Edge.Cloud;
using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Enrollment;
using Flip.Edge.Monitoring;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Status;
using Flip.Edge.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flip.Edge.Tests.Support;

/// <summary>
/// A gateway with a frozen request before a cloud that fails: the real client, the mock cloud over loopback, a real SQLite file. Waits
/// and time-outs are on fake time, and chance is always 0.5.
/// </summary>
internal sealed partial class FaultRig : IAsyncDisposable
{
    private const string TokenFile = "token";

    private readonly SendingRig _rig;
    private readonly DateTimeOffset? _built;
    private readonly X509ChainPolicy? _trust;
    private readonly WatchedLine _line;
    private MockFlipCloudOptions _options;
    private StatusView _view;
    private SendingStep _step;

    private FaultRig(SendingRig rig, SteadyClock flipsClock, MockFlipCloudOptions options, MockFlipCloud cloud, DateTimeOffset? built)
    {
        (_rig, FlipsClock, _options, Cloud, _built) = (rig, flipsClock, options, cloud, built);
        if (options.Certificates is { } certificates) _trust = Trust(certificates);
        WriteToken(options.ClientToken);
        rig.Look = async () => (await new TokenFileCredential(rig.Credentials.File(TokenFile), null).CheckAsync(TestContext.Current.CancellationToken))?.Sentence;
        _line = new(Client(cloud.BaseUrl), flipsClock, () => Status);
        _step = rig.Step(_line, _line, built: built);
        _view = View();
    }

    public WatchedTime Time => _rig.Time;

    public SteadyClock FlipsClock { get; }

    public MockFlipCloud Cloud { get; private set; }

    /// <summary>What the installer is told.</summary>
    public CommissioningStatus Status => _view.Commissioning;

    /// <param name="faults">As <see cref="MockFaultScript"/> reads them.</param>
    /// <param name="options">The cloud's, for what a script can't say.</param>
    /// <param name="built">The day of the build; a day before the start unless given.</param>
    public static async Task<FaultRig> StartAsync(string faults = "", MockFlipCloudOptions? options = null, DateTimeOffset? built = null)
    {
        SendingRig rig = new() { Request = PowerCutDirectory.Request() };
        SteadyClock clock = new(rig.Time);
        options ??= new();
        options = options with { Time = clock, Script = options.Script ?? MockFaultScript.Parse(faults).Of };
        return new(rig, clock, options, await MockFlipCloud.StartAsync(options, TestContext.Current.CancellationToken), built);
    }

    public ValueTask CloudGoesAsync() => Cloud.DisposeAsync();

    /// <summary>The cloud is back at its address, with an empty ledger.</summary>
    public async Task CloudReturnsAsync()
    {
        _options = _options with { Port = Cloud.BaseUrl.Port };
        Cloud = await MockFlipCloud.StartAsync(_options, TestContext.Current.CancellationToken);
    }

    /// <summary>The way to Flip leads somewhere else, or back to it.</summary>
    public void Route(Uri baseUrl)
    {
        _line.Client.Dispose();
        _line.Client = Client(baseUrl);
    }

    /// <summary>A person puts a token in place.</summary>
    public void WriteToken(string token) => _rig.Credentials.Write(TokenFile, token);

    /// <summary>The wall clock jumps; monotonic time does not.</summary>
    public void SetClock(DateTimeOffset now)
    {
        Time.Jump(now);
        if (_trust is not null) _trust.VerificationTime = now.UtcDateTime;
    }

    /// <summary>SIGKILL, and the start after it, which finds the files as they are now.</summary>
    /// <param name="run">The try in whose middle it happens, if there is one.</param>
    public async Task KillAsync(Task? run = null)
    {
        using Outbox old = _rig.Kill();
        Route(Cloud.BaseUrl);
        if (run is not null) await run;
        _step = _rig.Step(_line, _line, built: _built);
        _view = View();
    }

    public async ValueTask DisposeAsync()
    {
        _line.Dispose();
        await Cloud.DisposeAsync();
        _options.Certificates?.Dispose();
        _rig.Dispose();
    }

    private FlipClient Client(Uri baseUrl) => new(
        new() { BaseUrl = baseUrl, ChainPolicy = _trust }, new TokenFileCredential(_rig.Credentials.File(TokenFile), null), Time);

    private X509ChainPolicy Trust(MockCertificates certificates)
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            VerificationTime = Time.GetUtcNow().UtcDateTime,
            VerificationTimeIgnored = false,
        };
        policy.CustomTrustStore.ImportFromPem(certificates.AuthorityPem);
        return policy;
    }

    private StatusView View()
    {
        Outbox outbox = _rig.Outbox;
        CurrentSettings settings = new(Settings.For(_rig.Directory.Path));
        EnrollmentStore enrollments = new(outbox.Database);
        DeviceWatch devices = new(settings, Finders.At(Time), new(outbox.Store), outbox.Changes, Time, NullLogger<DeviceMonitor>.Instance);
        return new(
            settings, outbox.Store, outbox.Database, devices, new EnrollmentFeed(enrollments, outbox.Changes), new(enrollments), new(isEnabled: false, outbox.Changes),
            new(Time, _built ?? SendingRig.Start.AddDays(-1)), _rig.Credential, new(outbox.Changes), new(outbox.Changes, null), new(failure => failure.Message, outbox.Changes, Time), Time);
    }
}
