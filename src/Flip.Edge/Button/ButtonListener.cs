using Flip.Edge.Supervision;

namespace Flip.Edge.Button;

/// <summary>Keeps one button bound: at the start, and again after a keypad was unplugged and came back.</summary>
internal sealed partial class ButtonListener(
    IButtonSource source, ButtonSettings settings, ButtonPresses presses, ButtonBindings bindings, TimeProvider time, ILogger<ButtonListener> log) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    // A person who plugs the keypad in again waits for it.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    // A loose contact: the pause starts anew only after this.
    private static readonly TimeSpan StableAfter = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using IDisposable? waiting = Progress.Waiting("for what the button does");
        using PressRecognition recognition = new(settings.Debounce, settings.LongPress, time, presses.Add);
        TimeSpan pause = FirstPause;
        string? said = null;
        while (true)
        {
            long began = time.GetTimestamp();
            string reason = await ListenAsync(recognition, () => said = null, stoppingToken);
            recognition.Forget();
            bindings.Set(new(source.Name, null, reason));
            // Once for each reason, and not at each try.
            if (reason != said) LogUnbound(source.Name, reason, LongestPause.TotalSeconds);
            said = reason;
            if (time.GetElapsedTime(began) > StableAfter) pause = FirstPause;
            await Task.Delay(pause, time, stoppingToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <returns>Why the button is not there, or no longer.</returns>
    private async Task<string> ListenAsync(PressRecognition recognition, Action bound, CancellationToken stoppingToken)
    {
        try
        {
            using BoundButton button = Bind(recognition);
            bound();
            LogBound(source.Name, button.What, settings.Debounce.TotalMilliseconds, settings.LongPress.TotalSeconds);
            bindings.Set(new(source.Name, button.What, null));
            foreach (string doubt in button.Doubts) LogDoubt(source.Name, doubt);
            return await button.Lost.WaitAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            throw;
        }
        catch (ButtonUnavailableException unavailable)
        {
            return unavailable.Message;
        }
#pragma warning disable CA1031 // A button that fails in a way nobody thought of must not end the daemon; it is said, and tried again.
        catch (Exception failed)
#pragma warning restore CA1031
        {
            return $"it failed unexpectedly: {failed.Message}";
        }
    }

    private BoundButton Bind(PressRecognition recognition)
    {
        using IDisposable? step = Progress.Doing("binding to it");
        return source.Bind(recognition);
    }

    [LoggerMessage(500, LogLevel.Information, "Button ({Source}): bound to {What}; still for {DebounceMs} ms it counts, held for {LongPressS} s it is a long press")]
    private partial void LogBound(string source, string what, double debounceMs, double longPressS);

    [LoggerMessage(501, LogLevel.Warning, "Button ({Source}) is not bound: {Reason}. It is tried again by itself, every {Seconds} s at least")]
    private partial void LogUnbound(string source, string reason, double seconds);

    [LoggerMessage(502, LogLevel.Warning, "Button ({Source}): {Doubt}")]
    private partial void LogDoubt(string source, string doubt);
}
