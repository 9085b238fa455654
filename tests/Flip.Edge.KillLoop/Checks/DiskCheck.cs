using System.Text;
using Flip.Edge.KillLoop.World;

namespace Flip.Edge.KillLoop.Checks;

/// <summary>What may not be left on the gateway's disk once the site is commissioned.</summary>
internal static class DiskCheck
{
    public static IEnumerable<string> Findings(Gateway gateway)
    {
        foreach (string file in Directory.EnumerateFiles(gateway.DataDirectory, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetFileName(file);
            if (name.Contains(".damaged", StringComparison.Ordinal)) yield return $"{name}: the database was taken for damaged";

            // The lock file is empty, and its daemon lets nobody open it.
            if (new FileInfo(file).Length == 0) continue;
            byte[] bytes = Read(file);
            foreach (string secret in gateway.Homeowner.Secrets.Where(secret => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0))
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
