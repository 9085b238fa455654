using Flip.Edge.Leds;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Leds;

/// <summary>A directory like that of a LED under <c>/sys/class/leds</c>, with ordinary files in it.</summary>
internal sealed class FakeLed : IDisposable
{
    public const string Name = "green:status";
    private readonly TempDirectory _class = new();

    public FakeLed(string triggers = "[none] rfkill-any timer heartbeat pattern mmc0", string brightest = "255") => Create(triggers, brightest);

    public LedFiles Files => new(_class.Path, Name);

    public string Root => _class.Path;

    /// <summary>What stands in the files, in the order in which they are looked at by a person.</summary>
    public string Shows => string.Join(' ', ((string[])["trigger", "brightness", "delay_on", "delay_off", "pattern"]).Where(file => File.Exists(In(file))).Select(file => $"{file}={this[file]}"));

    public string this[string file]
    {
        get => File.ReadAllText(In(file)).Trim();
        set => File.WriteAllText(In(file), value);
    }

    public string In(string file) => Path.Combine(_class.Path, Name, file);

    /// <summary>Takes the LED away, as when its driver is unloaded.</summary>
    public void Remove() => Directory.Delete(Path.Combine(_class.Path, Name), recursive: true);

    public void Create(string triggers = "[none] timer pattern", string brightest = "255")
    {
        Directory.CreateDirectory(Path.Combine(_class.Path, Name));
        this["trigger"] = triggers + "\n";
        this["max_brightness"] = brightest + "\n";
        this["brightness"] = "7";
        foreach (string file in (string[])["delay_on", "delay_off", "pattern"]) this[file] = "";
    }

    public void Dispose() => _class.Dispose();
}
