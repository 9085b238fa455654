using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Monitoring;
using Flip.Edge.Supervision;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Commissioning;

/// <summary>An operator's finding: a worker that failed again and again stood in one line of the log (223), and nowhere in the status.</summary>
public sealed class FailingCommissioningTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly LogLines<CommissioningWorker> _log = new();
    private readonly Outbox _outbox;
    private readonly DeviceWatch _devices;
    private readonly WorkerFaults _faults;
    private readonly CommissioningWorker _worker;

    public FailingCommissioningTests()
    {
        _outbox = new(_directory.Path, _time);
        EdgeSettings configured = Settings.For(_directory.Path);
        CurrentSettings settings = new(configured with { Commissioning = configured.Commissioning with { Trigger = TriggerMode.Automatic } });
        // Nobody reads the devices here: the step that waits for them goes on for ever.
        _devices = new(settings, Finders.At(_time), new(_outbox.Store), _outbox.Changes, _time, NullLogger<DeviceMonitor>.Instance);
        _faults = new(failure => failure.Message, _outbox.Changes, _time);
        ClockTrust clock = new(_time, DateTimeOffset.UnixEpoch);
        ScriptedFlip flip = new(_time);
        _worker = new(
            settings, _outbox.Store,
            new(settings, _outbox.Store, _devices, clock, _outbox.Changes, _time, NullLogger<ReadingStep>.Instance),
            new(_outbox.Store, flip, new(flip, _outbox.Store, NullLogger<ReconcilingStep>.Instance), new(configured.Commissioning.Retry, () => 0), clock,
                new("token", _ => Task.FromResult<string?>(null), _outbox.Changes, _time, NullLogger<CredentialWatch>.Instance), new(), new(_time, NullLogger<PatientDisk>.Instance), _time, NullLogger<SendingStep>.Instance),
            new(_outbox.Store, settings, _outbox.Changes, NullLogger<GivenSite>.Instance), _outbox.Changes, _faults, _time, _log);
    }

    [Fact(Timeout = 120_000)]
    public async Task It_is_told_since_when_and_why_until_a_step_has_gone_on_for_a_minute()
    {
        int tries = 0, failures = 10;
        _outbox.Database.Read(connection =>
        {
            connection.CreateFunction("fails", () => ++tries <= failures ? throw new InvalidOperationException("no such luck") : 0);
            return connection.Scalar("CREATE TEMP TRIGGER broken BEFORE UPDATE ON commissioning BEGIN SELECT fails(); END");
        });

        await _worker.StartAsync(TestContext.Current.CancellationToken);
        await FaultRig.UntilAsync(() => _faults.Now.Count == 1);
        DateTimeOffset began = _time.GetUtcNow();
        WorkerFault first = _faults.Now[0];
        Assert.Equal(("commissioning", began), (first.Worker, first.Since));
        Assert.Contains("no such luck", first.Reason, StringComparison.Ordinal);

        while (tries < failures)
        {
            Assert.Equal(first, Assert.Single(_faults.Now));
            int before = tries;
            _time.Advance(TimeSpan.FromSeconds(10));
            await FaultRig.UntilAsync(() => tries > before || AdvanceALittle());
        }

        await FaultRig.UntilAsync(() => _outbox.Record.IsRequested || AdvanceALittle());
        DateTimeOffset well = _time.GetUtcNow();
        Assert.Equal(first, Assert.Single(_faults.Now));
        await FaultRig.UntilAsync(() => _faults.Now.Count == 0 || AdvanceALittle());

        Assert.InRange(_time.GetUtcNow() - well, WorkerFaults.Proof - TimeSpan.FromSeconds(1), WorkerFaults.Proof * 10);
        await FaultRig.UntilAsync(() => _log.Lines.Any(line => line.Id == 224));
        Assert.Equal([223, 224], _log.Lines.Select(line => line.Id).Where(id => id is 223 or 224));
        await _worker.StopAsync(TestContext.Current.CancellationToken);
    }

    // A timer may be set just after a leap.
    private bool AdvanceALittle()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return false;
    }

    public void Dispose()
    {
        _worker.Dispose();
        _devices.Dispose();
        _outbox.Dispose();
        _directory.Dispose();
    }
}
