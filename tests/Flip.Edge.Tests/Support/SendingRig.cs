using Flip.Edge.Cloud;
using Flip.Edge.Commissioning;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flip.Edge.Tests.Support;

/// <summary>A sending step over a real SQLite file, on a clock that only moves when it is told to.</summary>
internal sealed class SendingRig : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private readonly List<TempDirectory> _directories = [new()];

    public SendingRig() => Outbox = new(_directories[0].Path, Time);

    public WatchedTime Time { get; } = new(Start);

    public Outbox Outbox { get; private set; }

    /// <summary>The request that is frozen.</summary>
    public FrozenRequest Request { get; init; } = Outbox.Request();

    /// <summary>A directory that outlives every kill.</summary>
    public TempDirectory Credentials { get; } = new();

    /// <summary>Where the daemon keeps its files.</summary>
    public TempDirectory Directory => _directories[^1];

    /// <summary>Reads the credential's files; there is one, and it is right, unless a test says otherwise.</summary>
    public Func<Task<string?>> Look { get; set; } = () => Task.FromResult<string?>(null);

    public LogLines<CredentialWatch> CredentialLog { get; } = new();

    public LogLines<SendingStep> Log { get; } = new();

    public CredentialWatch Credential => field ??= new("token", _ => Look(), Outbox.Changes, Time, CredentialLog);

    public CommissioningRecord Record => Outbox.Record;

    /// <summary>The step of a process that starts now. What was frozen before is what it finds; else it freezes one.</summary>
    public SendingStep Step(ScriptedFlip flip, double chance = 0.5, DateTimeOffset? built = null) => Step(flip, flip, chance, built);

    public SendingStep Step(IFlipClient flip, IFlipSites sites, double chance = 0.5, DateTimeOffset? built = null)
    {
        SendingStep step = new(
            Outbox.Store, flip, new(sites, Outbox.Store, NullLogger<ReconcilingStep>.Instance), new(new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(15)), () => chance),
            new(Time, built ?? Start.AddDays(-1)), Credential, new(), new(Time, NullLogger<PatientDisk>.Instance), Time, Log);
        if (Record.Outbox is null) Freeze();
        return step;
    }

    public void Freeze()
    {
        Outbox.Store.Request("local");
        Outbox.Store.Freeze(Request);
    }

    /// <summary>Begins one try, or the wait before it.</summary>
    public Task Begin(SendingStep step) => step.RunAsync(Record.Outbox!, TestContext.Current.CancellationToken);

    /// <summary>One try and the wait before it. For clouds that answer at once: a real one would run into its time-outs.</summary>
    public Task RunAsync(SendingStep step) => FinishAsync(Begin(step));

    public async Task FinishAsync(Task run)
    {
        while (!run.IsCompleted)
        {
            Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await run;
    }

    public async Task UntilAsync(SendingStep step, CommissioningState state)
    {
        for (int round = 0; round < 20 && Record.State != state; round++) await RunAsync(step);
        Assert.Equal(state, Record.State);
    }

    /// <summary>From here on the rig works with the files as a SIGKILL leaves them now. What runs keeps the old ones.</summary>
    /// <returns>The old ones, for the caller to close once nothing runs any more.</returns>
    public Outbox Kill()
    {
        Outbox old = Outbox;
        TempDirectory left = new();
        PowerCutDirectory.Copy(Directory.Path, left.Path);
        _directories.Add(left);
        Outbox = new(left.Path, Time);
        return old;
    }

    public void Dispose()
    {
        Outbox.Dispose();
        Credentials.Dispose();
        foreach (TempDirectory directory in _directories) directory.Dispose();
    }
}
