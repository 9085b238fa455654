using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Monitoring;
using Flip.Edge.Mqtt;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Supervision;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Commissioning;

public sealed class ReloadTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly Outbox _outbox;

    public ReloadTests() => _outbox = new(_directory.Path, new FakeTimeProvider(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero)));

    [Fact]
    public async Task A_reading_that_begins_in_the_middle_of_a_reload_is_of_the_new_devices_and_comes_to_its_end()
    {
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        EdgeSettings before = Settings.For(_directory.Path);
        EdgeSettings after = before with { Devices = [Settings.Device("xyz-123", device.Endpoint.ToString())], Mqtt = before.Mqtt with { Port = 1884 } };
        CurrentSettings settings = new(before);
        using DeviceWatch devices = new(settings, Finders.At(TimeProvider.System), new(_outbox.Store), _outbox.Changes, TimeProvider.System, NullLogger<DeviceMonitor>.Instance);
        await devices.StartAsync(TestContext.Current.CancellationToken);
        // Readings before, so that the old monitor's count is ahead of a new one's.
        for (int i = 0; i < 5; i++) devices.Refresh();
        ReadingStep reading = new(settings, _outbox.Store, devices, new(TimeProvider.System, DateTimeOffset.UnixEpoch), _outbox.Changes, TimeProvider.System, NullLogger<ReadingStep>.Instance);
        _outbox.Store.Request("local");
        Task? run = null;

        // What needs a restart is logged between the two halves of a reload.
        OnWarning midst = new(() => run = reading.RunAsync(TestContext.Current.CancellationToken));
        Reload reload = new(() => new(after, []), settings, _outbox.Store, devices, Sending(), Credential(), new(isEnabled: false, _outbox.Changes), _outbox.Changes, new(new SystemdNotifier(), TimeProvider.System, NullLogger<ServiceNotices>.Instance), new(before.Logging), TimeProvider.System, midst);
        reload.Run("test");

        while (!_outbox.Record.IsInFlight)
        {
            await run!.WaitAsync(TimeSpan.FromSeconds(15), TimeProvider.System, TestContext.Current.CancellationToken);
            if (!_outbox.Record.IsInFlight) run = reading.RunAsync(TestContext.Current.CancellationToken);
        }

        await devices.StopAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The field's finding: whoever had written the right token into the file ran a reload, which said nothing of the restart that it takes.</summary>
    [Theory]
    [InlineData("", false, false)]
    [InlineData("Bearer abc", false, true)]
    [InlineData("another-token", true, false)] // also while another try with it is under way
    public async Task What_systemd_copied_and_a_person_has_to_mend_is_named_with_the_restart_that_it_needs(string token, bool isRefused, bool isBroker)
    {
        EdgeSettings before = Settings.For(_directory.Path);
        using DeviceWatch devices = new(new(before), Finders.At(TimeProvider.System), new(_outbox.Store), _outbox.Changes, TimeProvider.System, NullLogger<DeviceMonitor>.Instance);
        bool refused = false;
        using CredentialWatch credential = CredentialWatch.Of(new CredentialSettings.Token(null), _directory.Path, () => refused, _outbox.Changes, _outbox.Time, NullLogger<CredentialWatch>.Instance);
        _directory.Write("flip-client-token", "a-token");
        await credential.LookAsync(TestContext.Current.CancellationToken);
        MqttState mqtt = new(isEnabled: true, _outbox.Changes);
        LogLines<Reload> log = new();
        Reload reload = new(() => new(before, []), new(before), _outbox.Store, devices, Sending(), credential, mqtt, _outbox.Changes, new(new SystemdNotifier(), TimeProvider.System, NullLogger<ServiceNotices>.Instance), new(before.Logging), TimeProvider.System, log);
        Assert.Empty(reload.Run("test").Copied);

        refused = isRefused;
        _directory.Write("flip-client-token", token);
        await credential.LookAsync(TestContext.Current.CancellationToken);
        if (isBroker) mqtt.Lost("the broker refuses the login", "/etc/flip-edge/flip-mqtt-password");

        string[] expected = ["/etc/flip-edge/flip-client-token", .. isBroker ? (string[])["/etc/flip-edge/flip-mqtt-password"] : []];
        Assert.Equal(expected, reload.Run("test").Copied);
        Assert.Equal($"A new {string.Join(", ", expected)} is used only after a restart of the service: it has the copy that systemd made at its start", log.Lines.Single(line => line.Id == 243).Line);
    }

    private CredentialWatch Credential() => new("token", _ => Task.FromResult<string?>(null), _outbox.Changes, _outbox.Time, NullLogger<CredentialWatch>.Instance);

    private SendingStep Sending()
    {
        ScriptedFlip flip = new(_outbox.Time);
        return new(
            _outbox.Store, flip, new(flip, _outbox.Store, NullLogger<ReconcilingStep>.Instance), new(new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(15)), () => 0),
            new(_outbox.Time, DateTimeOffset.UnixEpoch), Credential(), new(), new(_outbox.Time, NullLogger<PatientDisk>.Instance), _outbox.Time, NullLogger<SendingStep>.Instance);
    }

    public void Dispose()
    {
        _outbox.Dispose();
        _directory.Dispose();
    }

    private sealed class OnWarning(Action act) : ILogger<Reload>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Warning) act();
        }
    }
}
