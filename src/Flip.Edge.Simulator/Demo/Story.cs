using System.Globalization;

namespace Flip.Edge.Simulator.Demo;

/// <summary>Tells what happens in lines with the seconds since the beginning; what belongs to a line is indented under it.</summary>
public sealed class Story(TextWriter writer, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _begun = time.GetTimestamp();

    /// <summary>One sentence, and below it, indented, what it is about.</summary>
    public void Tell(string sentence, params IEnumerable<string> details)
    {
        var elapsed = time.GetElapsedTime(_begun).TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
        lock (_lock)
        {
            writer.WriteLine($"{elapsed,7} s  {sentence}");
            foreach (var line in details.SelectMany(detail => detail.Split('\n'))) writer.WriteLine(line.Length == 0 ? "" : $"{"",11} {line}");
            writer.Flush();
        }
    }
}
