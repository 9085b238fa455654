namespace Flip.Edge.Leds;

/// <summary>The status LED.</summary>
/// <param name="Name">Its name under <c>/sys/class/leds</c>.</param>
internal sealed record LedSettings(string Name);
