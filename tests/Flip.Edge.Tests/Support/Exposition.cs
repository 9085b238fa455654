using System.Globalization;

namespace Flip.Edge.Tests.Support;

/// <summary>A strict reader of the Prometheus text format: what a scraper or <c>promtool check metrics</c> would not like is an error.</summary>
internal sealed class Exposition
{
    private readonly Dictionary<string, double> _samples = new(StringComparer.Ordinal);

    public Exposition(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        string[] lines = text.Split('\n')[..^1];
        HashSet<string> seen = [];
        for (int at = 0; at < lines.Length;)
        {
            string[] help = lines[at++].Split(' ', 4), type = lines[at++].Split(' ', 4);
            Assert.Equal(["#", "HELP"], help[..2]);
            Assert.Equal(["#", "TYPE", help[2]], type[..3]);
            Assert.Contains(type[3], (string[])["counter", "gauge"]);
            Assert.Matches("^[a-z][a-z0-9_]*$", help[2]);
            Assert.True(seen.Add(help[2]), $"{help[2]} is there twice");
            Assert.Equal(type[3] == "counter", help[2].EndsWith("_total", StringComparison.Ordinal));
            Assert.EndsWith(".", help[3], StringComparison.Ordinal);
            while (at < lines.Length && !lines[at].StartsWith('#')) Sample(help[2], lines[at++]);
        }
    }

    /// <summary>All series: the name with its labels.</summary>
    public IReadOnlyCollection<string> Series => _samples.Keys;

    public double this[string series] => _samples.TryGetValue(series, out double value) ? value : throw new KeyNotFoundException($"there is no {series}");

    private void Sample(string family, string line)
    {
        int space = line.LastIndexOf(' ');
        string series = line[..space];
        string name = series.Split('{')[0];
        Assert.Equal(family, name);
        if (series.Length > name.Length) Assert.Matches("""^\{[a-z_]+="([^"\\\n]|\\["\\n])*"(,[a-z_]+="([^"\\\n]|\\["\\n])*")*\}$""", series[name.Length..]);
        Assert.True(_samples.TryAdd(series, double.Parse(line[(space + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture)), $"{series} is there twice");
    }
}
