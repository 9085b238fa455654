namespace Flip.Edge.Button;

/// <summary>An open GPIO chip.</summary>
/// <param name="file">Its character device.</param>
/// <param name="name"><c>gpiochip0</c>, which may be another after the next start.</param>
/// <param name="label">What the driver calls it: <c>pinctrl-bcm2711</c>.</param>
/// <param name="lines">How many lines it has.</param>
internal sealed class GpioChip(DeviceFile file, string name, string label, int lines) : IDisposable
{
    public DeviceFile File => file;

    public int Lines => lines;

    /// <summary>Opens the chip with a label or, where none has it, a name: the first GPIO chip of a Pi 4 is the fifth of a Pi 5 (gpiozero#1007).</summary>
    /// <param name="directory">Where the devices are, <c>/dev</c>.</param>
    /// <param name="wanted">Label or name.</param>
    /// <exception cref="ButtonUnavailableException">There is no such chip, there are two, or it can't be opened.</exception>
    public static GpioChip Find(string directory, string wanted)
    {
        List<GpioChip> chips = [];
        List<string> troubles = [];
        foreach (string path in Directory.EnumerateFiles(directory, "gpiochip*").Order(StringComparer.Ordinal))
        {
            try
            {
                chips.Add(Open(path));
            }
            catch (DeviceFileException refused)
            {
                troubles.Add(Trouble(refused));
            }
        }

        GpioChip[] found = Choose(chips, wanted);
        foreach (GpioChip other in chips.Except(found.Length == 1 ? found : [])) other.Dispose();
        if (found.Length == 1) return found[0];
        string seen = chips.Count == 0 ? $"{directory} has none that can be used" : $"there is {string.Join(", ", chips)}";
        throw new ButtonUnavailableException(found.Length == 0
            ? $"there is no GPIO chip \"{wanted}\": {string.Join("; ", [seen, .. troubles])}. Name its label or its name in Button:Gpio:Chip; gpiodetect shows them"
            : $"the label \"{wanted}\" is that of {string.Join(" and ", found.AsEnumerable())}: name one of them in Button:Gpio:Chip by its name");
    }

    /// <summary>The number of a line by its name, or by the number itself.</summary>
    /// <exception cref="ButtonUnavailableException">There is none.</exception>
    public (int Number, string Name, string? Consumer) Line(string wanted)
    {
        bool isNumber = int.TryParse(wanted, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number);
        if (isNumber && number >= lines) throw new ButtonUnavailableException($"{this} has {lines} lines, and none with the number {wanted} (Button:Gpio:Line); they count from 0");
        for (int line = isNumber ? number : 0; line < lines; line++)
        {
            byte[] info = GpioUapi.LineInfoOf(line);
            int error = file.Control(GpioUapi.GetLineInfo, info);
            if (error != 0) throw Unusable(error);
            (string found, string? consumer) = GpioUapi.LineInfo(info);
            if (isNumber || found == wanted) return (line, found, consumer);
        }

        throw new ButtonUnavailableException($"{this} has no line with the name \"{wanted}\" (Button:Gpio:Line); gpioinfo shows the names");
    }

    /// <summary>Says that the chip does not do as asked.</summary>
    public ButtonUnavailableException Unusable(int error) => new(error is Libc.Invalid or Libc.NotATypewriter
        ? $"{this} does not know the call (it needs Linux 5.10 or later), or not the bias or debounce that is asked for"
        : $"{this}: {System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(error)}");

    public void Dispose() => file.Dispose();

    public override string ToString() => label.Length == 0 ? name : $"{label} ({name})";

    private static GpioChip Open(string path)
    {
        DeviceFile file = DeviceFile.Open(path, Libc.ReadWrite);
        Span<byte> info = stackalloc byte[GpioUapi.ChipInfoSize];
        int error = file.Control(GpioUapi.GetChipInfo, info);
        if (error == 0)
        {
            (string name, string label, int lines) = GpioUapi.ChipInfo(info);
            return new(file, name, label, lines);
        }

        file.Dispose();
        throw new DeviceFileException(path, error);
    }

    internal static GpioChip[] Choose(IReadOnlyList<GpioChip> chips, string wanted)
    {
        GpioChip[] labelled = [.. chips.Where(chip => chip.HasLabel(wanted))];
        return labelled.Length > 0 ? labelled : [.. chips.Where(chip => chip.HasName(wanted))];
    }

    private bool HasLabel(string wanted) => label == wanted;

    private bool HasName(string wanted) => name == wanted;

    private static string Trouble(DeviceFileException refused) => refused.Error switch
    {
        Libc.NoAccess => $"permission denied for {refused.DevicePath}: the service's user has to be in the group that owns it, gpio as a rule (SupplementaryGroups=gpio in the unit, and a udev rule where the system has none)",
        Libc.NotPermitted => $"{refused.DevicePath} is not among the devices that the unit allows: DeviceAllow=char-gpiochip rw",
        Libc.NotATypewriter => $"{refused.DevicePath} is no GPIO chip",
        _ => refused.Message,
    };
}
