using Flip.Edge.Supervision;

namespace Flip.Edge.Button;

/// <summary>Keeps one button bound: at the start, and again after a keypad was unplugged and came back.</summary>
internal sealed partial class ButtonListener(
    IButtonSource source, ButtonSettings settings, ButtonPresses presses, ButtonBindings bindings, TimeProvider time, ILogger<ButtonListener> log) : BackgroundService
{
    // A person who has plugged the keypad in again, or mended its mode, looks at the status.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    // A loose contact: each time is two lines in the journal and a message to the broker.
    private const int LooseAfter = 3;
    private static readonly TimeSpan LoosePause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan StableAfter = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private string? _bound, _remark;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using IDisposable? waiting = Progress.Waiting("for what the button does");
        using PressRecognition recognition = new(settings.Debounce, settings.LongPress, time, presses.Add);
        string? said = null;
        int shortLived = 0;
        while (true)
        {
            long began = time.GetTimestamp();
            string reason = await ListenAsync(
                recognition,
                () =>
                {
                    said = null;
                    shortLived++;
                },
                stoppingToken);
            recognition.Forget();
            Show(null, reason);
            if (time.GetElapsedTime(began) > StableAfter) shortLived = 0;
            TimeSpan pause = shortLived > LooseAfter ? LoosePause : Pause;
            // Once for each reason, and not at each try.
            if (reason != said) LogUnbound(source.Name, reason, pause.TotalSeconds);
            said = reason;
            await Task.Delay(pause, time, stoppingToken);
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
            Show(button.What, null);
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
        return source.Bind(recognition, Remark);
    }

    private void Show(string? bound, string? reason)
    {
        lock (_gate)
        {
            _bound = bound;
            bindings.Set(new(source.Name, bound, reason, bound is null ? null : _remark));
        }
    }

    // Also before it is known to be bound, by the thread that listens.
    private void Remark(string? sentence)
    {
        if (sentence is not null) LogRemark(source.Name, sentence);
        lock (_gate)
        {
            _remark = sentence;
            if (_bound is not null) bindings.Set(new(source.Name, _bound, null, sentence));
        }
    }

    [LoggerMessage(500, LogLevel.Information, "Button ({Source}): bound to {What}; still for {DebounceMs} ms it counts, held for {LongPressS} s it is a long press")]
    private partial void LogBound(string source, string what, double debounceMs, double longPressS);

    [LoggerMessage(501, LogLevel.Warning, "Button ({Source}) is not bound: {Reason}. It is tried again by itself, every {Seconds} s")]
    private partial void LogUnbound(string source, string reason, double seconds);

    [LoggerMessage(503, LogLevel.Warning, "Button ({Source}): {Remark}")]
    private partial void LogRemark(string source, string remark);

    [LoggerMessage(502, LogLevel.Warning, "Button ({Source}): {Doubt}")]
    private partial void LogDoubt(string source, string doubt);
}
