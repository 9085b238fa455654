using Flip.Edge.Commissioning;
using Flip.Edge.Storage;
using Flip.Edge.Supervision;
using Microsoft.Data.Sqlite;

namespace Flip.Edge.Button;

/// <summary>Does what a press is for: a short one starts the commissioning as POST /api/v1/commission does, a long one opens the installer's window.</summary>
internal sealed partial class ButtonWorker(
    ButtonPresses presses, CommissioningTrigger trigger, CommissioningStore store, InstallerWindow window, CredentialWatch credential, TimeProvider time, ILogger<ButtonWorker> log) : BackgroundService
{
    // A button that is leant on, or whose wire is loose, must not fill the journal.
    private static readonly TimeSpan SameAgain = TimeSpan.FromMinutes(1);

    private string? _said;
    private long _saidAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using IDisposable? waiting = Progress.Waiting("for a press");
        await foreach (Press press in presses.AllAsync(stoppingToken))
        {
            try
            {
                using IDisposable? step = Progress.Doing($"a {(press == Press.Long ? "long" : "short")} press");
                if (press == Press.Long) OpenWindow();
                else await CommissionAsync();
            }
#pragma warning disable CA1031 // A fault of ours must not end the daemon, nor the button.
            catch (Exception failed)
#pragma warning restore CA1031
            {
                LogFailed(failed);
            }
        }
    }

    private void OpenWindow()
    {
        window.Open("button");
        if (IsNew("window")) LogWindow();
    }

    private async Task CommissionAsync()
    {
        try
        {
            TriggerAnswer answer = await trigger.PullAsync("button");
            CommissioningRecord record = store.Current;
            string? missing = credential.Now.Reason;
            if (!IsNew($"{answer} {record.Reason?.Code} {missing is null}")) return;
            if (answer == TriggerAnswer.AlreadyDone) LogAlreadyDone(record.Outbox?.SiteId ?? "");
            else if (answer == TriggerAnswer.NeedsAttention || record.State == CommissioningState.Attention) LogAttention(record.Reason?.Sentence ?? "see the status");
            else if (missing is not null) LogKept(missing);
            else LogAccepted(record.State.ToString().ToLowerInvariant(), record.Reason?.Sentence ?? "nothing is in its way");
        }
        catch (Exception refused) when (refused is SqliteException or StorageException)
        {
            // The LED shows attention: the database has noted by itself that it can't be written.
            if (IsNew("storage")) LogNotWritten(refused.Message.TrimEnd('.'));
        }
    }

    private bool IsNew(string answer)
    {
        if (answer == _said && time.GetElapsedTime(_saidAt) < SameAgain) return false;
        (_said, _saidAt) = (answer, time.GetTimestamp());
        return true;
    }

    [LoggerMessage(510, LogLevel.Information, "The button was pressed: the commissioning is asked for and goes on by itself (state {State}): {Reason}")]
    private partial void LogAccepted(string state, string reason);

    [LoggerMessage(511, LogLevel.Information, "The button was pressed: site {Site} is already commissioned, and nothing is done")]
    private partial void LogAlreadyDone(string site);

    [LoggerMessage(512, LogLevel.Warning, "The button was pressed, but a person is needed first: {Reason}")]
    private partial void LogAttention(string reason);

    [LoggerMessage(513, LogLevel.Error, "The button was pressed, and nothing is accepted, for it could not be written down: {Reason}. Then press again")]
    private partial void LogNotWritten(string reason);

    [LoggerMessage(514, LogLevel.Information, "The button was held: the installer's window is open")]
    private partial void LogWindow();

    [LoggerMessage(519, LogLevel.Warning, "The button was pressed: the commissioning is asked for and kept, but nothing can be sent to Flip yet: {Reason}. It goes on by itself then")]
    private partial void LogKept(string reason);

    [LoggerMessage(515, LogLevel.Error, "What the button was pressed for failed unexpectedly; press again")]
    private partial void LogFailed(Exception exception);
}
