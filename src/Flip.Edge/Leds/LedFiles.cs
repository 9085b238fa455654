using System.Globalization;
using System.Text;

namespace Flip.Edge.Leds;

/// <summary>
/// A LED's files under <c>/sys/class/leds</c> (Documentation/leds/leds-class.rst of the kernel). What they throw is for
/// <see cref="LedTrouble"/> to explain.
/// </summary>
/// <param name="root">The directory of the LEDs.</param>
/// <param name="name">The LED.</param>
internal sealed class LedFiles(string root, string name)
{
    public const string None = "none", Timer = "timer", Pattern = "pattern";

    private readonly string _directory = Path.Combine(root, name);
    private HashSet<string> _triggers = [];
    private string? _trigger;

    public string Root => root;

    public string Name => name;

    /// <summary>What it shines with, 1 where it can only be on or off.</summary>
    public int Brightest { get; private set; } = 1;

    /// <summary>Learns what the LED can do. Call it first, and again after a failure.</summary>
    /// <exception cref="IOException">There is no such LED.</exception>
    public void Look()
    {
        if (!Directory.Exists(_directory)) throw new DirectoryNotFoundException($"there is no {_directory}");
        string[] triggers = Read("trigger").Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        _triggers = [.. triggers.Select(trigger => trigger.Trim('[', ']'))];
        _trigger = triggers.FirstOrDefault(trigger => trigger.StartsWith('['))?.Trim('[', ']');
        Brightest = int.TryParse(Read("max_brightness"), NumberStyles.None, CultureInfo.InvariantCulture, out int most) && most > 0 ? most : 1;
    }

    /// <summary>Whether the kernel has a trigger; <c>ledtrig-timer</c> and <c>ledtrig-pattern</c> may be left out of it.</summary>
    public bool Has(string trigger) => _triggers.Contains(trigger);

    /// <summary>Sets the trigger, where it is another: each time it is set, the kernel makes the trigger's files anew, as root's.</summary>
    public void Select(string trigger)
    {
        if (trigger == _trigger) return;
        Write("trigger", trigger);
        _trigger = trigger;
    }

    public void Shine(bool isOn) => Write("brightness", (isOn ? Brightest : 0).ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes one file, which has to be there.</summary>
    /// <exception cref="IOException">It is not, or the kernel refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">It belongs to somebody else.</exception>
    public void Write(string file, string text)
    {
        // Truncate and not Create, so that no file of ours is left where no LED is.
        using FileStream stream = new(Path.Combine(_directory, file), FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        stream.Write(Encoding.ASCII.GetBytes(text));
    }

    private string Read(string file) => File.ReadAllText(Path.Combine(_directory, file)).Trim();
}
