using System.Globalization;

namespace Flip.Edge.Button;

/// <summary>
/// What is said of presses of keys that are not the button: else whoever configured the wrong one presses, and nothing happens anywhere. Each is said once,
/// and none any more after the button itself was pressed: then the right one is configured. Not for several threads.
/// </summary>
/// <param name="settings">The button.</param>
internal sealed class OtherKeys(InputButtonSettings settings)
{
    // Somebody tries all keys of a keypad; who types on it shall not fill the journal.
    private const int Most = 8;

    // linux/input-event-codes.h: a device with both of these is one that people type on.
    private const int LetterQ = 16, LetterP = 25;

    private readonly HashSet<ushort> _told = [];
    private bool _isRight;

    /// <summary>Another key went down.</summary>
    /// <param name="code">Which.</param>
    /// <param name="keys">The keys of the device; null when it doesn't tell them.</param>
    /// <returns>What to say of it; null when there is nothing new to say.</returns>
    public string? Pressed(ushort code, IReadOnlyList<int>? keys)
    {
        bool isHidden = IsTyped(code) && keys?.Contains(LetterQ) == true && keys.Contains(LetterP);
        if (_isRight || _told.Count == Most || !_told.Add(isHidden ? (ushort)0 : code)) return null;
        string last = _told.Count == Most ? ". Of further keys nothing is said" : "";
        string nothing = $"was pressed on {settings.Device}, and nothing is done, for Button:Input:Key is {Named(settings.Key)}";
        // What is typed at a gateway's keyboard, a password for one, is not ours to write down.
        return isHidden
            ? $"a key that types a character {nothing}. Which one is not kept, as it may be part of a password; evtest shows it{last}"
            : $"{Named(code)} {nothing}. If that is the button, set Button:Input:Key to {(KeyNames.Has(code) ? KeyNames.Of(code) : Number(code))} and restart the service{last}";
    }

    /// <summary>The button itself was pressed.</summary>
    /// <returns>Whether that makes an end of what was said.</returns>
    public bool Right()
    {
        bool isNew = !_isRight && _told.Count > 0;
        _isRight = true;
        return isNew;
    }

    private static string Named(ushort code) => KeyNames.Has(code) ? $"{KeyNames.Of(code)} (code {Number(code)})" : KeyNames.Of(code);

    private static string Number(ushort code) => code.ToString(CultureInfo.InvariantCulture);

    // Digits and their row, letters and punctuation, space, the number pad, and the 102nd key.
    private static bool IsTyped(ushort code) => code is (>= 2 and <= 13) or (>= 16 and <= 27) or (>= 30 and <= 41) or (>= 43 and <= 53) or 55 or 57 or (>= 71 and <= 83) or 86;
}
