using Flip.Edge.Cloud;
using Microsoft.Win32.SafeHandles;

namespace Flip.Edge.Doctor;

/// <summary>
/// Files of the service's directory, read by whoever calls doctor, root perhaps. A link there, or a pipe, was put by whoever took the service over: it would
/// have root hand out another's file, or wait for ever.
/// </summary>
internal static class ServiceFile
{
    /// <summary>The first bytes of a file.</summary>
    /// <exception cref="PartUnavailableException">It is a link, or not there.</exception>
    /// <exception cref="IOException">It can't be opened, or read.</exception>
    /// <exception cref="NotSupportedException">It is a pipe.</exception>
    public static byte[] Read(string path, int most)
    {
        using SafeFileHandle file = Open(path);
        byte[] bytes = new byte[Math.Min(RandomAccess.GetLength(file), most)];
        return bytes[..RandomAccess.Read(file, bytes, 0)];
    }

    /// <summary>A copy of a file.</summary>
    /// <exception cref="PartUnavailableException">It is a link, not there, or has more bytes than <paramref name="most"/>.</exception>
    /// <exception cref="IOException">As above.</exception>
    /// <exception cref="NotSupportedException">As above.</exception>
    public static void Copy(string from, string to, long most)
    {
        using SafeFileHandle file = Open(from);
        if (RandomAccess.GetLength(file) > most) throw new PartUnavailableException($"{from} has more than {most} bytes, and is none of flip-edge's");
        using FileStream source = new(file, FileAccess.Read), target = File.Create(to);
        source.CopyTo(target);
    }

    private static SafeFileHandle Open(string path)
    {
        if (new FileInfo(path).LinkTarget is not null) throw new PartUnavailableException($"{path} is a link, which flip-edge never makes; it is not followed");
        try
        {
            return RegularFile.Open(path);
        }
        catch (FileNotFoundException)
        {
            throw new PartUnavailableException($"there is no file {path}, or this user may not see it");
        }
    }
}
