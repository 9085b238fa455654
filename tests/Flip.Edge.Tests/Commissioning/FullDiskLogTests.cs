using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Monitoring;
using Flip.Edge.Storage;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Commissioning;

/// <summary>The log is on the same flash: a disk that stays full must not be written to by it every 10 s.</summary>
public sealed class FullDiskLogTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly Outbox _outbox;

    public FullDiskLogTests() => _outbox = new(_directory.Path, _time);

    [Fact]
    public async Task An_answer_that_can_not_be_written_for_an_hour_is_one_line()
    {
        LogLines<PatientDisk> log = new();
        int writes = 0;
        Task write = new PatientDisk(_time, log).WriteAsync(
            () =>
            {
                if (++writes < 360) throw new StorageException("full");
            },
            TestContext.Current.CancellationToken);

        await PassAsync(() => write.IsCompleted);

        Assert.Equal(360, writes);
        Assert.Equal(214, Assert.Single(log.Lines).Id);
    }

    [Fact]
    public async Task A_worker_that_can_not_write_is_one_line_and_goes_on()
    {
        EdgeSettings configured = Settings.For(_directory.Path);
        CurrentSettings settings = new(configured with { Commissioning = configured.Commissioning with { Trigger = TriggerMode.Automatic } });
        using DeviceWatch devices = new(settings, Finders.At(_time), new(_outbox.Store), _outbox.Changes, _time, NullLogger<DeviceMonitor>.Instance);
        ClockTrust clock = new(_time, DateTimeOffset.UnixEpoch);
        ScriptedFlip flip = new(_time);
        LogLines<CommissioningWorker> log = new();
        using CommissioningWorker worker = new(
            settings, _outbox.Store,
            new(settings, _outbox.Store, devices, clock, _outbox.Changes, _time, NullLogger<ReadingStep>.Instance),
            new(_outbox.Store, flip, new(flip, _outbox.Store, NullLogger<ReconcilingStep>.Instance), new(configured.Commissioning.Retry, () => 0), clock,
                new("token", _ => Task.FromResult<string?>(null), _outbox.Changes, _time, NullLogger<CredentialWatch>.Instance), new(), new(_time, NullLogger<PatientDisk>.Instance), _time, NullLogger<SendingStep>.Instance),
            new(_outbox.Store, settings, _outbox.Changes, NullLogger<GivenSite>.Instance), _outbox.Changes, new(failure => failure.Message, _outbox.Changes, _time), _time, log);
        int tries = 0;
        _outbox.Database.Read(connection =>
        {
            connection.CreateFunction("fails", () => ++tries < 10 ? throw new InvalidOperationException("full") : 0);
            return connection.Scalar("CREATE TEMP TRIGGER full BEFORE UPDATE ON commissioning BEGIN SELECT fails(); END");
        });

        await worker.StartAsync(TestContext.Current.CancellationToken);
        await PassAsync(() => _outbox.Record.IsRequested);
        await worker.StopAsync(TestContext.Current.CancellationToken);

        Assert.Single(log.Lines, line => line.Id == 223);
    }

    private async Task PassAsync(Func<bool> isOver)
    {
        while (!isOver())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public void Dispose()
    {
        _outbox.Dispose();
        _directory.Dispose();
    }
}
