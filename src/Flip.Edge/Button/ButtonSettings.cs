namespace Flip.Edge.Button;

/// <summary>The button. Both ways may be configured at once: then either one is the button.</summary>
/// <param name="Input">A key of an input device; null for none.</param>
/// <param name="Gpio">A GPIO line; null for none.</param>
/// <param name="Debounce">How long a contact has to be still before it counts; 0 to 250 ms.</param>
/// <param name="LongPress">From which time on a press is a long one; 0.5 to 30 s.</param>
internal sealed record ButtonSettings(InputButtonSettings? Input, GpioButtonSettings? Gpio, TimeSpan Debounce, TimeSpan LongPress);

/// <param name="Device">Path of the input device, or of a FIFO with the same records.</param>
/// <param name="Key">The key's code of <c>linux/input-event-codes.h</c>, 1 to 767.</param>
internal sealed record InputButtonSettings(string Device, ushort Key);

/// <param name="Chip">Label of the chip, or its name.</param>
/// <param name="Line">Name of the line, or its number on the chip.</param>
/// <param name="IsActiveLow">Whether the line is low while the button is pressed.</param>
/// <param name="Bias">The chip's own resistor.</param>
internal sealed record GpioButtonSettings(string Chip, string Line, bool IsActiveLow, LineBias Bias);

/// <summary>What holds a line while nobody presses.</summary>
internal enum LineBias
{
    /// <summary>As it was set before.</summary>
    AsIs,

    /// <summary>The chip's resistor to the supply.</summary>
    PullUp,

    /// <summary>The chip's resistor to ground.</summary>
    PullDown,

    /// <summary>Nothing of the chip's: there is a resistor on the board.</summary>
    Disabled,
}
