using Flip.Edge.Cloud;
using Flip.Edge.Configuration;
using Flip.Edge.Logs;
using Flip.Edge.Supervision;

namespace Flip.Edge.Commissioning;

/// <summary>What the gateway shows Flip, as far as its files tell. Whether Flip accepts it, a try says.</summary>
/// <param name="Kind"><c>token</c>, <c>oauth</c> or <c>relay</c>.</param>
/// <param name="Reason">Why nothing can be sent with it, where it is looked for and what to do, without a secret; null while its files are right.</param>
internal sealed record CredentialStatus(string Kind, string? Reason)
{
    /// <summary><c>ready</c> or <c>unusable</c>.</summary>
    public string State => Reason is null ? "ready" : "unusable";
}

/// <summary>
/// Looks at the credential's files before anybody needs them, so that a gateway without a token says so while the installer is there, and
/// goes on by itself once they are right. It asks nobody on the network.
/// </summary>
/// <param name="kind">See <see cref="CredentialStatus.Kind"/>.</param>
/// <param name="look">Reads the files: why they can't be used, or null.</param>
/// <param name="changes">Told when that is another.</param>
/// <param name="time">Time.</param>
/// <param name="log">Log.</param>
internal sealed partial class CredentialWatch(
    string kind, Func<CancellationToken, Task<string?>> look, ChangeSignal changes, TimeProvider time, ILogger<CredentialWatch> log) : BackgroundService
{
    /// <summary>Between two looks while it can't be used: somebody may stand there and wait.</summary>
    public static readonly TimeSpan WhileUnusable = TimeSpan.FromSeconds(5);

    // Each try looks by itself. This is for the status of a gateway that has nothing to send.
    private static readonly TimeSpan WhileReady = TimeSpan.FromHours(1);

    // What somebody swaps all the time would fill the log. The status has each change.
    private static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Novelty _novelty = new(time, Quiet);
    private string? _told;
    private readonly ChangeSignal _asked = new();
    private volatile CredentialStatus _now = new(kind, null);

    /// <summary>
    /// The file of which the service has systemd's copy (<see cref="IFlipCredential.CopyOf"/>), while that copy is no good: another one there needs a
    /// restart. Null where there is nothing to replace, or no copy.
    /// </summary>
    public string? CopyToReplace => Now.Reason is not null || IsRefused() ? CopyOf : null;

    /// <summary>As it was at the last look.</summary>
    public CredentialStatus Now => _now;

    /// <summary>Whether Flip has refused it.</summary>
    private Func<bool> IsRefused { get; init; } = () => false;

    private string? CopyOf { get; init; }

    public static CredentialWatch Of(
        CredentialSettings settings, string? credentialsDirectory, Func<bool> isRefused, ChangeSignal changes, TimeProvider time, ILogger<CredentialWatch> log)
    {
        async Task<string?> LookAsync(CancellationToken cancellationToken) => await CredentialFiles.WhyUnusableAsync(settings, credentialsDirectory, cancellationToken);
        return new(settings.Kind, LookAsync, changes, time, log) { CopyOf = settings.Original(credentialsDirectory), IsRefused = isRefused };
    }

    /// <summary>Has it looked at soon, by the worker.</summary>
    public void LookNow() => _asked.Raise();

    /// <summary>Looks at once.</summary>
    /// <returns>Why nothing can be sent with it; null when it may be tried.</returns>
    public async Task<string?> LookAsync(CancellationToken cancellationToken)
    {
        using IDisposable? step = Progress.Doing("a look at the credential's files");
        string? reason = await WhyNotAsync(cancellationToken);
        lock (_gate)
        {
            Tell(reason);
            if (reason == _now.Reason) return reason;
            _now = new(kind, reason);
        }

        changes.Raise();
        return reason;
    }

    // What was kept back comes once its hour is over, if it is still so: the last line of the log does not stay wrong.
    private void Tell(string? reason)
    {
        if (reason == _told || !_novelty.IsNews(reason ?? "")) return;
        _told = reason;
        if (reason is null) LogReady(kind);
        else LogUnusable(kind, reason);
    }

    private async Task<string?> WhyNotAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await look(cancellationToken);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // Taken away between two looks at it: the next one says what there is.
            return $"its files can't be read: {gone.Message.TrimEnd('.')}";
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            Task asked = _asked.Next;
            TimeSpan pause = await LookAsync(stoppingToken) is null ? WhileReady : WhileUnusable;
            using IDisposable? waiting = Progress.Waiting("to look at the credential's files again");
            using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(asked, Task.Delay(pause, time, over.Token));
            await over.CancelAsync();
            stoppingToken.ThrowIfCancellationRequested();
        }
    }

    [LoggerMessage(237, LogLevel.Warning, "Nothing can be sent to Flip ({Kind}): {Reason}")]
    private partial void LogUnusable(string kind, string reason);

    [LoggerMessage(238, LogLevel.Information, "What the gateway shows Flip ({Kind}) is in place now")]
    private partial void LogReady(string kind);
}
