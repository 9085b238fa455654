using System.Text;

namespace Flip.Edge.Tests.Support;

/// <summary>A homeowner whose every field can be found in a file's bytes.</summary>
internal static class Homeowner
{
    public const string Body =
        """{"site":{"id":"abc-789","first_name":"Wilhelmina","last_name":"Featherstonehaugh","company_name":"Quibblesworth","email":"wilhelmina@example.com","state_code":"CA","city":"Dunsinane","zip_code":"88801","street_address":"4711 Marchpane Row","street_address2":"Flat Thirteen"},"devices":[{"id":"xyz-123","site_id":"abc-789","manufacturer_name":"Acme","product_name":"PowerBox 15","serial_number":"123456789","type":"BATTERY","attributes":{"battery_capacity_wh":15000,"battery_power_input_w":6000,"battery_power_output_w":7500},"install_date":"2026-11-20T00:00:00-08:00"}],"can_auto_enroll":true}""";

    /// <summary>Parts of the values, so that half a value is found too.</summary>
    public static readonly string[] Traces =
        ["lhelmin", "athersto", "uibblesw", "helmina@ex", "unsinan", "88801", "Marchpa", "hirtee"];

    /// <summary>Every trace in the files of a directory, with the file's name; empty when there is none.</summary>
    public static IReadOnlyList<string> In(string directory, string pattern = "*")
    {
        List<string> found = [];
        foreach (string file in Directory.GetFiles(directory, pattern).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            // While the daemon runs: a kill leaves the files as they are now.
            using FileStream open = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            byte[] bytes = new byte[open.Length];
            open.ReadExactly(bytes);
            string text = Encoding.Latin1.GetString(bytes);
            found.AddRange(Traces.Where(trace => text.Contains(trace, StringComparison.Ordinal)).Select(trace => $"{Path.GetFileName(file)}: {trace}"));
        }

        return found;
    }
}
