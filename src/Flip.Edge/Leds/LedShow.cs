namespace Flip.Edge.Leds;

/// <summary>Sets a pattern: by a trigger of the kernel, which then needs nobody, or for who has to blink with the brightness alone.</summary>
/// <param name="led">The LED.</param>
/// <param name="time">Time.</param>
internal sealed class LedShow(LedFiles led, TimeProvider time)
{
    // udev gives the files of a trigger to our group in answer to the kernel's word that the trigger was set.
    private static readonly TimeSpan UdevPause = TimeSpan.FromMilliseconds(100);
    private const int UdevTries = 20;

    /// <summary>Sets it.</summary>
    /// <returns>Null when the kernel does the rest; else why it can't, and <see cref="BlinkAsync"/> has to.</returns>
    /// <exception cref="IOException">The LED can't be used.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public async Task<string?> SetAsync(LedPattern pattern, CancellationToken cancellationToken)
    {
        if (pattern.IsSteady)
        {
            led.Select(LedFiles.None);
            led.Shine(pattern.Steps[0].IsOn);
            return null;
        }

        string? why = pattern.IsBlinking
            ? await TriggerAsync(LedFiles.Timer, cancellationToken, ("delay_on", Milliseconds(pattern.Steps[0])), ("delay_off", Milliseconds(pattern.Steps[1])))
            : await TriggerAsync(LedFiles.Pattern, cancellationToken, ("pattern", pattern.Text(led.Brightest)));
        if (why is not null) led.Select(LedFiles.None);
        return why;
    }

    /// <summary>Blinks until it is cancelled.</summary>
    public async Task BlinkAsync(LedPattern pattern, CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (LedStep step in pattern.Steps)
            {
                led.Shine(step.IsOn);
                await Task.Delay(step.Length, time, cancellationToken);
            }
        }
    }

    private async Task<string?> TriggerAsync(string trigger, CancellationToken cancellationToken, params (string File, string Text)[] settings)
    {
        if (!led.Has(trigger)) return $"the kernel has no LED trigger \"{trigger}\"";
        try
        {
            led.Select(trigger);
        }
        catch (UnauthorizedAccessException refused)
        {
            // Whoever was given the brightness alone can blink with it.
            return LedTrouble.Sentence(refused, led);
        }

        foreach ((string file, string text) in settings)
        {
            string? why = await WriteAsync(file, text, cancellationToken);
            if (why is not null) return why;
        }

        return null;
    }

    private async Task<string?> WriteAsync(string file, string text, CancellationToken cancellationToken)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                led.Write(file, text);
                return null;
            }
            catch (Exception refused) when (refused is UnauthorizedAccessException or FileNotFoundException)
            {
                if (tries == UdevTries) return LedTrouble.Sentence(refused, led);
            }

            await Task.Delay(UdevPause, time, cancellationToken);
        }
    }

    private static string Milliseconds(LedStep step) => step.Length.TotalMilliseconds.ToString("0", System.Globalization.CultureInfo.InvariantCulture);
}
