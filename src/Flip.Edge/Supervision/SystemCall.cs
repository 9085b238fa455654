using System.Globalization;
using System.Runtime.InteropServices;

namespace Flip.Edge.Supervision;

/// <summary>A line of <c>/proc/self/task/N/syscall</c> in words.</summary>
internal static class SystemCall
{
    // Those that take a file first, by their numbers on x64 and on arm64 (asm/unistd_64.h, asm-generic/unistd.h).
    private static readonly (string Name, int X64, int Arm64)[] OfAFile =
    [
        ("read", 0, 63), ("write", 1, 64), ("close", 3, 57), ("ioctl", 16, 29), ("pread64", 17, 67), ("pwrite64", 18, 68), ("fcntl", 72, 25),
        ("flock", 73, 32), ("fsync", 74, 82), ("fdatasync", 75, 83), ("ftruncate", 77, 46), ("recvmsg", 47, 212), ("recvfrom", 45, 207),
        ("sendmsg", 46, 211), ("sendto", 44, 206), ("connect", 42, 203),
    ];

    private static readonly (string Name, int X64, int Arm64)[] Others =
    [
        ("poll", 7, -1), ("ppoll", 271, 73), ("futex", 202, 98), ("epoll_wait", 232, -1), ("epoll_pwait", 281, 22), ("openat", 257, 56),
        ("clock_nanosleep", 230, 115), ("rt_sigtimedwait", 128, 137), ("wait4", 61, 260), ("accept4", 288, 242), ("renameat2", 316, 276),
    ];

    /// <summary>Its name, and the file where it has one: <c>read of /dev/ttyUSB0</c>. Empty when nothing is known.</summary>
    public static string Describe(string line)
    {
        string[] parts = line.Split(' ');
        if (!int.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) || number < 0) return line == "running" ? "runs" : "";
        if (Find(OfAFile, number) is { } name) return parts.Length > 1 ? $"{name} of {FileOf(parts[1])}" : name;
        return Find(Others, number) ?? string.Create(CultureInfo.InvariantCulture, $"system call {number}");
    }

    private static string? Find((string Name, int X64, int Arm64)[] calls, int number) =>
        Array.Find(calls, call => number == (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? call.Arm64 : call.X64)).Name;

    private static string FileOf(string argument)
    {
        if (!int.TryParse(argument.AsSpan(argument.StartsWith("0x", StringComparison.Ordinal) ? 2 : 0), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int descriptor)) return argument;
        try
        {
            string link = string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{descriptor}");
            return new FileInfo(link).LinkTarget ?? link;
        }
        catch (IOException)
        {
            return string.Create(CultureInfo.InvariantCulture, $"file {descriptor}");
        }
    }
}
