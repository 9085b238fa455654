using System.Text;

namespace Flip.Edge.KillLoop.Checks;

/// <summary>What may not be left on the gateway's disk once the site is commissioned.</summary>
internal static class DiskCheck
{
    /// <summary>Searches the bytes of every file.</summary>
    public static IEnumerable<string> Findings(string dataDirectory, IReadOnlyList<string> homeownerData)
    {
        foreach (string file in Directory.EnumerateFiles(dataDirectory, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetFileName(file);
            if (name.Contains(".damaged", StringComparison.Ordinal)) yield return $"{name}: the database was taken for damaged";

            // The lock file is empty, and its daemon lets nobody open it.
            if (new FileInfo(file).Length == 0) continue;
            byte[] bytes = Read(file);
            foreach (string secret in homeownerData.Where(secret => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0))
                yield return $"{name} still holds homeowner data: {secret}";
        }
    }

    // Files of a daemon that runs.
    public static byte[] Read(string file)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
