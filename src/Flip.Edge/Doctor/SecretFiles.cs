using System.Text;
using Flip.Edge.Cloud;
using Microsoft.Win32.SafeHandles;

namespace Flip.Edge.Doctor;

/// <summary>Takes up what stands in the files of secrets that the configuration names, as far as they can be read, so that the mask knows it.</summary>
internal static class SecretFiles
{
    private const int LargestFile = 64 * 1024;

    /// <param name="configuration">All sources together.</param>
    /// <param name="credentialsDirectory">systemd's, or null.</param>
    /// <param name="mask">Takes the values up, line by line.</param>
    public static void TakeUp(IConfiguration configuration, string? credentialsDirectory, SecretMask mask)
    {
        IEnumerable<string> named = configuration.AsEnumerable()
            .Where(pair => pair.Key.EndsWith("File", StringComparison.OrdinalIgnoreCase) && !pair.Key.EndsWith("CertificateFile", StringComparison.OrdinalIgnoreCase)
                && !pair.Key.EndsWith("CaFile", StringComparison.OrdinalIgnoreCase) && Path.IsPathRooted(pair.Value ?? ""))
            .Select(pair => pair.Value!);
        TakeUp(named, credentialsDirectory, mask);
    }

    /// <param name="named">The files that the configuration names.</param>
    /// <param name="credentialsDirectory">systemd's, or null.</param>
    /// <param name="mask">As above.</param>
    public static void TakeUp(IEnumerable<string> named, string? credentialsDirectory, SecretMask mask)
    {
        foreach (string file in named.Concat(Loaded(credentialsDirectory)))
        {
            try
            {
                // A pipe would be waited for.
                using SafeFileHandle open = RegularFile.Open(file);
                byte[] bytes = new byte[LargestFile];
                int length = RandomAccess.Read(open, bytes, 0);
                foreach (string line in Encoding.UTF8.GetString(bytes, 0, length).Split('\n'))
                {
                    mask.Add(line);
                    // Of a header and of NAME=value the value alone is the secret.
                    int colon = line.IndexOfAny([':', '=']);
                    if (colon >= 0) mask.Add(line[(colon + 1)..]);
                    foreach (string word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length >= 16)) mask.Add(word);
                }
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                // Whom the file is kept from, the bundle can't tell it.
            }
        }
    }

    private static string[] Loaded(string? directory)
    {
        try
        {
            return Directory.Exists(directory) ? Directory.GetFiles(directory) : [];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // As with a file.
            return [];
        }
    }
}
