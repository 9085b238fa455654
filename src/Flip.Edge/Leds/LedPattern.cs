using System.Globalization;

namespace Flip.Edge.Leds;

/// <summary>A part of a pattern.</summary>
/// <param name="IsOn">Whether it shines.</param>
/// <param name="Length">For how long, in whole milliseconds.</param>
internal readonly record struct LedStep(bool IsOn, TimeSpan Length);

/// <summary>How a LED shines: one step for ever, two for blinking, more in turn.</summary>
/// <param name="Steps">At least one, over and over.</param>
internal sealed record LedPattern(IReadOnlyList<LedStep> Steps)
{
    // Told apart by their rhythm alone, also by who sees no colours: slow, fast, steady, two flashes and a pause.
    private static readonly LedPattern Slow = new([On(1000), Off(1000)]);
    private static readonly LedPattern Fast = new([On(100), Off(100)]);
    private static readonly LedPattern Steady = new([On(1000)]);
    private static readonly LedPattern TwoFlashes = new([On(150), Off(150), On(150), Off(1050)]);

    public bool IsSteady => Steps.Count == 1;

    /// <summary>Whether the kernel's trigger <c>timer</c> can do it.</summary>
    public bool IsBlinking => Steps is [{ IsOn: true }, { IsOn: false }];

    public static LedPattern Of(LedState state) => state switch
    {
        LedState.Waiting => Slow,
        LedState.Working => Fast,
        LedState.Commissioned => Steady,
        _ => TwoFlashes,
    };

    /// <summary>
    /// As the kernel's trigger <c>pattern</c> takes it: brightness and milliseconds. It fades from one to the next; a second pair of the same
    /// brightness and no time makes it jump (Documentation/ABI/testing/sysfs-class-led-trigger-pattern).
    /// </summary>
    /// <param name="brightness">When it shines.</param>
    public string Text(int brightness) => string.Join(' ', Steps.Select(step =>
    {
        int value = step.IsOn ? brightness : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{value} {step.Length.TotalMilliseconds:0} {value} 0");
    }));

    private static LedStep On(int milliseconds) => new(true, TimeSpan.FromMilliseconds(milliseconds));

    private static LedStep Off(int milliseconds) => new(false, TimeSpan.FromMilliseconds(milliseconds));
}
