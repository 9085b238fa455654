using Flip.Edge.Button;

namespace Flip.Edge.Configuration;

/// <summary>Reads <c>Button</c>: a key of an input device, a GPIO line, or both.</summary>
internal static class ButtonSection
{
    // The key of a button that is nothing else: of those that gpio-keys are given as a rule, systemd-logind acts on most others.
    private const ushort DefaultKey = 148; // KEY_PROG1

    /// <returns>Null where no button is configured.</returns>
    public static ButtonSettings? Read(SectionReader section)
    {
        InputButtonSettings? input = Input(section.Section("Input"));
        GpioButtonSettings? gpio = Gpio(section.Section("Gpio"));
        TimeSpan debounce = section.Duration("Debounce", TimeSpan.FromMilliseconds(20), TimeSpan.Zero, TimeSpan.FromMilliseconds(250));
        TimeSpan longPress = section.Duration("LongPress", TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30));
        section.Close();
        return input is null && gpio is null ? null : new(input, gpio, debounce, longPress);
    }

    private static InputButtonSettings? Input(SectionReader section)
    {
        string? device = section.Text("Device");
        string? name = section.Text("Key");
        ushort? key = name is null ? DefaultKey : KeyNames.Parse(name);
        if (key is null) section.Fail("Key", $"is \"{name}\", and has to be a name of linux/input-event-codes.h (KEY_PROG1, KEY_ENTER, BTN_0) or its number, 1 to {KeyNames.Greatest}; evtest shows what a key is called");
        if (device is null && name is not null) section.Fail("Device", "is missing: the input device that has the key, a path under /dev/input/by-path");
        if (device is not null && !Path.IsPathRooted(device)) section.Fail("Device", $"is \"{device}\", and has to be an absolute path, as under /dev/input/by-path");
        section.Close();
        return device is null ? null : new(device, key ?? DefaultKey);
    }

    private static GpioButtonSettings? Gpio(SectionReader section)
    {
        string? chip = section.Text("Chip");
        string? line = section.Text("Line");
        bool isActiveLow = section.Flag("ActiveLow", otherwise: true);
        string? name = section.Text("Bias");
        LineBias bias = LineBias.AsIs;
        if (name is not null && !LineBiasText.All.TryGetValue(name, out bias)) section.Fail("Bias", $"is \"{name}\", and has to be {string.Join(" or ", LineBiasText.All.Keys)}");
        if (chip is null && (line is not null || name is not null)) section.Fail("Chip", "is missing: the label of the GPIO chip, as gpiodetect shows it in brackets, or its name");
        if (line is null && chip is not null) section.Fail("Line", "is missing: the name of the line, as gpioinfo shows it, or its number on the chip");
        if (int.TryParse(line, out int number) && number < 0) section.Fail("Line", $"is {number}, and has to be the name of the line, or its number on the chip, from 0");
        section.Close();
        return chip is null || line is null ? null : new(chip, line, isActiveLow, bias);
    }
}
