using Flip.Edge.Button;

namespace Flip.Edge.Tests.Button;

/// <summary>The field's finding: whoever had configured the wrong key pressed, and no line anywhere told why nothing happened.</summary>
public sealed class OtherKeysTests
{
    private const ushort Enter = 28, LetterQ = 16, LetterP = 25, VolumeUp = 115, Nameless = 700 - 6;

    private static readonly int[] Keyboard = [LetterQ, LetterP, Enter, 148];
    private readonly OtherKeys _others = new(new("/dev/input/event7", 148));

    [Fact]
    public void Each_key_is_told_once_with_its_name_and_code_and_what_to_configure()
    {
        Assert.Equal(
            "KEY_VOLUMEUP (code 115) was pressed on /dev/input/event7, and nothing is done, for Button:Input:Key is KEY_PROG1 (code 148). "
            + "If that is the button, set Button:Input:Key to KEY_VOLUMEUP and restart the service",
            _others.Pressed(VolumeUp, [VolumeUp]));
        Assert.Null(_others.Pressed(VolumeUp, [VolumeUp]));
        Assert.StartsWith("KEY_ENTER (code 28) was pressed", _others.Pressed(Enter, null), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_without_a_name_is_configured_by_its_number()
    {
        Assert.False(KeyNames.Has(Nameless));
        string sentence = _others.Pressed(Nameless, null)!;

        Assert.StartsWith("key 694 was pressed", sentence, StringComparison.Ordinal);
        Assert.Contains("set Button:Input:Key to 694 and", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Somebody_who_tries_every_key_of_a_keypad_does_not_fill_the_journal()
    {
        string[] told = [.. Enumerable.Range(1, KeyNames.Greatest).Select(code => _others.Pressed((ushort)code, null)).OfType<string>()];

        Assert.Equal(8, told.Length);
        Assert.EndsWith("and restart the service. Of further keys nothing is said", told[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_typed_at_a_keyboard_is_never_written_down()
    {
        string sentence = _others.Pressed(LetterQ, Keyboard)!;

        Assert.StartsWith("a key that types a character was pressed on /dev/input/event7", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("16", sentence, StringComparison.Ordinal);
        // The next letters of the password.
        Assert.Null(_others.Pressed(LetterP, Keyboard));
        Assert.StartsWith("KEY_ENTER (code 28)", _others.Pressed(Enter, Keyboard), StringComparison.Ordinal);
    }

    [Fact]
    public void Digits_of_a_keypad_without_letters_are_named_for_they_may_be_the_button() =>
        Assert.StartsWith("KEY_KP1 (code 79)", _others.Pressed(79, [79, 80, 81]), StringComparison.Ordinal);

    [Fact]
    public void Once_the_button_itself_was_pressed_the_right_key_is_configured_and_nothing_is_said_of_others()
    {
        _others.Pressed(Enter, null);

        Assert.True(_others.Right());
        Assert.False(_others.Right());
        Assert.Null(_others.Pressed(VolumeUp, null));
    }
}
