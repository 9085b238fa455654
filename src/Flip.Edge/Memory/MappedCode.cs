using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Flip.Edge.Memory;

/// <summary>
/// The parts of the program's own file and of its libraries that are mapped and can't be written: code, constants, unwind tables. What a start
/// or a TLS handshake has read of them stays resident until the kernel is short of memory; letting go of it makes it the first that goes.
/// What is needed again is mapped again, out of the page cache or the file.
/// </summary>
internal static unsafe partial class MappedCode
{
    private const int DontNeed = 4, Chunk = 512;

    // pagemap of proc_pid_pagemap(5), one entry of 64 bits for each page.
    private const ulong OfFile = 1UL << 61, Swapped = 1UL << 62, Present = 1UL << 63;

    /// <summary>
    /// Lets go of it all, but only of pages that still are the file's: relocations are written before a part is made read-only (RELRO), a
    /// debugger writes breakpoints into code, and the just-in-time runtime of the tests its write barrier.
    /// </summary>
    /// <remarks>
    /// madvise(2): after MADV_DONTNEED, pages of a private file mapping come from the file again. An upgrade does not change them, since dpkg
    /// puts a new file in the place of the old one, which lives on while it is mapped. Of /proc/self/maps and not of dl_iterate_phdr(3), which
    /// holds the loader's lock: a collection that begins in its callback may need that lock. Libraries are never unloaded here.
    /// </remarks>
    public static void LetGo()
    {
        string program = Environment.ProcessPath ?? "";
        if (Pages() is not { } pages) return;
        using SafeFileHandle opened = pages;
        foreach (string line in File.ReadLines("/proc/self/maps"))
        {
            // 7f1c2a600000-7f1c2a800000 r-xp 00026000 fe:00 1234   /usr/lib/…/libc.so.6
            string[] fields = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
            if (fields is not [string range, "r-xp" or "r--p", _, _, _, string path]) continue;
            if (path != program && !path.EndsWith(".so", StringComparison.Ordinal) && !path.Contains(".so.", StringComparison.Ordinal)) continue;
            int dash = range.IndexOf('-', StringComparison.Ordinal);
            LetGo(pages, Address(range.AsSpan(0, dash)), Address(range.AsSpan(dash + 1)));
        }
    }

    // A kernel without CONFIG_PROC_PAGE_MONITOR, or a container that masks /proc: the code stays resident, and that is all.
    private static SafeFileHandle? Pages()
    {
        try
        {
            return File.OpenHandle("/proc/self/pagemap");
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static nuint Address(ReadOnlySpan<char> digits) => nuint.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static void LetGo(SafeFileHandle pages, nuint start, nuint end)
    {
        nuint size = (nuint)Environment.SystemPageSize;
        Span<ulong> entries = stackalloc ulong[Chunk];
        for (nuint first = start / size; first < end / size; first += Chunk)
        {
            Span<ulong> some = entries[..(int)Math.Min(Chunk, (end / size) - first)];
            if (RandomAccess.Read(pages, MemoryMarshal.AsBytes(some), (long)first * sizeof(ulong)) != some.Length * sizeof(ulong)) return;
            for (int at = 0; at < some.Length; at++)
            {
                int begin = at;
                while (at < some.Length && (some[at] & (OfFile | Present | Swapped)) == (OfFile | Present)) at++;
                if (at > begin) _ = Advise((void*)((first + (nuint)begin) * size), (nuint)(at - begin) * size, DontNeed);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}
