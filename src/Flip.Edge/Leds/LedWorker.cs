using Flip.Edge.Commissioning;
using Flip.Edge.Storage;

namespace Flip.Edge.Leds;

/// <summary>Shows how far the commissioning is on a LED. It writes when the state changes, and not in between; at the end the LED is dark.</summary>
internal sealed partial class LedWorker(
    LedFiles led, CommissioningStore store, EdgeDatabase database, CredentialWatch credential, CurrentLed current, ChangeSignal changes, TimeProvider time, ILogger<LedWorker> log) : BackgroundService
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(30);
    private readonly LedShow _show = new(led, time);
    private bool _isShowing;
    private string? _trouble;
    private string? _blinksBecause;

    private LedState State => LedStates.Of(store.Current, database.Health, credential.Now);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                Task next = changes.Next;
                try
                {
                    await ShowAsync(stoppingToken);
                }
                catch (Exception failed) when (LedTrouble.Is(failed))
                {
                    Say(failed);
                    await Task.WhenAny(next, Task.Delay(PauseAfterFailure, time, stoppingToken));
                    stoppingToken.ThrowIfCancellationRequested();
                }
            }
        }
        finally
        {
            Darken();
        }
    }

    /// <summary>Shows each state until the next; ends with an exception alone.</summary>
    private async Task ShowAsync(CancellationToken stoppingToken)
    {
        led.Look();
        while (true)
        {
            LedState state = State;
            LedPattern pattern = LedPattern.Of(state);
            string? blinksBecause = await _show.SetAsync(pattern, stoppingToken);
            if (!_isShowing) LogShows(led.Name);
            (_isShowing, _trouble) = (true, null);
            current.Set(new(led.Name, LedStates.Name(state), null));
            if (blinksBecause is null)
            {
                await UntilOtherAsync(state, stoppingToken);
                continue;
            }

            if (blinksBecause != _blinksBecause) LogBlinks(led.Name, blinksBecause);
            _blinksBecause = blinksBecause;
            await BlinkUntilOtherAsync(state, pattern, stoppingToken);
        }
    }

    private async Task BlinkUntilOtherAsync(LedState state, LedPattern pattern, CancellationToken stoppingToken)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        Task other = UntilOtherAsync(state, end.Token);
        Task blinking = _show.BlinkAsync(pattern, end.Token);
        Task first = await Task.WhenAny(other, blinking);
        await end.CancelAsync();

        // Both have ended before the next pattern: a last write of this one must not come after it.
        await other.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await blinking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private async Task UntilOtherAsync(LedState state, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next = changes.Next;
            if (State != state) return;
            await next.WaitAsync(cancellationToken);
        }
    }

    private void Darken()
    {
        try
        {
            led.Select(LedFiles.None);
            led.Shine(false);
        }
        catch (Exception failed) when (LedTrouble.Is(failed))
        {
            Say(failed);
        }
    }

    private void Say(Exception failed)
    {
        string trouble = LedTrouble.Sentence(failed, led);
        if (trouble != _trouble) LogTrouble(led.Name, trouble);
        (_isShowing, _trouble) = (false, trouble);
        current.Set(new(led.Name, null, trouble));
    }

    [LoggerMessage(516, LogLevel.Information, "LED {Name} shows how far the commissioning is")]
    private partial void LogShows(string name);

    [LoggerMessage(517, LogLevel.Warning, "LED {Name} can't be used: {Why}. Nothing else waits for it; it is tried again by itself")]
    private partial void LogTrouble(string name, string why);

    [LoggerMessage(518, LogLevel.Information, "LED {Name} is blinked by the daemon, because {Why}")]
    private partial void LogBlinks(string name, string why);
}
