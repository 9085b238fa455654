using System.Text;
using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Monitoring;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Commissioning;

public sealed class ReadingStepTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly Outbox _outbox;

    public ReadingStepTests() => _outbox = new(_directory.Path, new FakeTimeProvider(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero)));

    [Fact]
    public async Task What_a_person_gave_while_the_devices_were_read_is_what_is_frozen()
    {
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        EdgeSettings configured = Settings.For(_directory.Path);
        CurrentSettings settings = new(configured with { Devices = [Settings.Device("xyz-123", device.Endpoint.ToString())] });
        using DeviceWatch devices = new(settings, Finders.At(TimeProvider.System), new(_outbox.Store), _outbox.Changes, TimeProvider.System, NullLogger<DeviceMonitor>.Instance);
        ReadingStep reading = new(settings, _outbox.Store, devices, new(TimeProvider.System, DateTimeOffset.UnixEpoch), _outbox.Changes, TimeProvider.System, NullLogger<ReadingStep>.Instance);
        GivenSite site = new(_outbox.Store, settings, _outbox.Changes, NullLogger<GivenSite>.Instance);
        _outbox.Store.Request("local");
        using ManualResetEventSlim giving = new(), goesOn = new();
        _outbox.Database.Read(connection =>
        {
            connection.CreateFunction("stop_here", () =>
            {
                giving.Set();
                goesOn.Wait();
                return 0;
            });
            return connection.Scalar("CREATE TEMP TRIGGER slow BEFORE INSERT ON site_data BEGIN SELECT stop_here(); END");
        });

        // The step waits for readings that have not begun; the giver writes; the devices are read; then the writing ends.
        Task run = reading.RunAsync(TestContext.Current.CancellationToken);
        Task<GivenSiteAnswer> give = Task.Run(() => site.Give("""{"id":"abc-789","first_name":"Hildegard"}""", out _), TestContext.Current.CancellationToken);
        giving.Wait(TestContext.Current.CancellationToken);
        await devices.StartAsync(TestContext.Current.CancellationToken);
        while (devices.Statuses[0].State != DeviceState.Ok) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, TestContext.Current.CancellationToken);
        goesOn.Set();
        Assert.Equal(GivenSiteAnswer.Taken, await give);
        await run;
        while (!_outbox.Record.IsInFlight) await reading.RunAsync(TestContext.Current.CancellationToken);

        Assert.Contains("Hildegard", Encoding.UTF8.GetString(_outbox.Record.Outbox!.Body!), StringComparison.Ordinal);
        await devices.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task After_a_reload_the_devices_are_read_and_nobody_is_asked_for_what_was_typed()
    {
        EdgeSettings configured = Settings.For(_directory.Path);
        CurrentSettings settings = new(configured);
        using DeviceWatch devices = new(settings, Finders.At(TimeProvider.System), new(_outbox.Store), _outbox.Changes, TimeProvider.System, NullLogger<DeviceMonitor>.Instance);
        ReadingStep reading = new(settings, _outbox.Store, devices, new(TimeProvider.System, DateTimeOffset.UnixEpoch), _outbox.Changes, TimeProvider.System, NullLogger<ReadingStep>.Instance);
        _outbox.Store.Request("local");
        Task before = reading.RunAsync(TestContext.Current.CancellationToken);
        _outbox.Store.Move(CommissioningState.Attention, new("nameplate", "device xyz-123: type Overrides:MaxChargeW"));
        settings.Replace(configured with { Devices = [configured.Devices[0] with { Overrides = new() { MaxChargeW = 5000 } }] });
        devices.Replace(settings.Now.Devices);
        _outbox.Changes.Raise();
        await before;

        using CancellationTokenSource end = new();
        Task after = reading.RunAsync(end.Token);

        Assert.Equal((CommissioningState.Reading, StateReason.Reading), (_outbox.Record.State, _outbox.Record.Reason));
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => after);
    }

    [Fact]
    public async Task What_holds_it_up_is_told_once_in_the_log()
    {
        CurrentSettings settings = new(Settings.For(_directory.Path));
        LogLines<ReadingStep> log = new();
        using DeviceWatch devices = new(settings, Finders.At(TimeProvider.System), new(_outbox.Store), _outbox.Changes, TimeProvider.System, NullLogger<DeviceMonitor>.Instance);
        ReadingStep reading = new(settings, _outbox.Store, devices, new(new FakeTimeProvider(DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch.AddYears(56)), _outbox.Changes, TimeProvider.System, log);
        _outbox.Store.Request("button");
        using CancellationTokenSource end = new();
        Task run = reading.RunAsync(end.Token);
        settings.Replace(settings.Now with { Site = settings.Now.Site with { City = "Elsewhere" } });
        _outbox.Changes.Raise();
        await run;
        Task again = reading.RunAsync(end.Token);

        Assert.Equal($"The commissioning is held up, and goes on by itself: {StateReason.Clock.Sentence}", Assert.Single(log.Lines).Line);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => again);
    }

    public void Dispose()
    {
        _outbox.Dispose();
        _directory.Dispose();
    }
}
