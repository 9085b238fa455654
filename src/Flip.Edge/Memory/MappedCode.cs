using System.Runtime.CompilerServices;
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
    private const uint Load = 1, Writable = 2;
    private const int DontNeed = 4, Chunk = 512;

    // pagemap of proc_pid_pagemap(5), one entry of 64 bits for each page.
    private const ulong OfFile = 1UL << 61, Swapped = 1UL << 62, Present = 1UL << 63;

    /// <summary>
    /// Lets go of it all, whole pages only, and only of pages that still are the file's: a debugger writes breakpoints into code, and the
    /// just-in-time runtime of the tests its write barrier. A segment that the file gives as writable is left alone, also the part of it that
    /// is made read-only after the relocations (RELRO).
    /// </summary>
    /// <remarks>
    /// madvise(2): after MADV_DONTNEED, pages of a private file mapping come from the file again. An upgrade does not change them, since dpkg
    /// puts a new file in the place of the old one, which lives on while it is mapped. Nothing is unloaded meanwhile: dl_iterate_phdr(3) holds
    /// the loader's lock.
    /// </remarks>
    public static void LetGo()
    {
        if (sizeof(nint) != 8) return;
        using SafeFileHandle pages = File.OpenHandle("/proc/self/pagemap");
        _ = IteratePhdr(&LetGoOf, (void*)pages.DangerousGetHandle());
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int LetGoOf(Loaded* loaded, nuint size, void* pages)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        for (int i = 0; i < loaded->SegmentCount; i++)
        {
            Segment segment = loaded->Segments[i];
            if (segment.Type != Load || (segment.Flags & Writable) != 0) continue;
            nuint first = (loaded->Address + (nuint)segment.Address + page - 1) / page;
            nuint end = (loaded->Address + (nuint)(segment.Address + segment.MemorySize)) / page;
            for (nuint chunk = first; chunk < end; chunk += Chunk) LetGoOf((nint)pages, chunk, Math.Min(Chunk, end - chunk), page);
        }

        return 0;
    }

    private static void LetGoOf(nint pages, nuint first, nuint count, nuint page)
    {
        ulong* entries = stackalloc ulong[Chunk];
        if (Read((int)pages, entries, count * sizeof(ulong), (long)(first * sizeof(ulong))) != (nint)(count * sizeof(ulong))) return;
        for (nuint at = 0; at < count; at++)
        {
            nuint begin = at;
            while (at < count && (entries[at] & (OfFile | Present | Swapped)) == (OfFile | Present)) at++;
            if (at > begin) _ = Advise((void*)((first + begin) * page), (at - begin) * page, DontNeed);
        }
    }

    [LibraryImport("libc", EntryPoint = "dl_iterate_phdr")]
    private static partial int IteratePhdr(delegate* unmanaged[Cdecl]<Loaded*, nuint, void*, int> callback, void* data);

    [LibraryImport("libc", EntryPoint = "pread")]
    private static partial nint Read(int file, void* buffer, nuint length, long offset);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);

    /// <summary>The beginning of dl_phdr_info of dl_iterate_phdr(3).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Loaded
    {
        public nuint Address;
        public byte* Name;
        public Segment* Segments;
        public ushort SegmentCount;
    }

    /// <summary>Elf64_Phdr of elf(5).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Segment
    {
        public uint Type;
        public uint Flags;
        public ulong Offset;
        public ulong Address;
        public ulong PhysicalAddress;
        public ulong FileSize;
        public ulong MemorySize;
        public ulong Alignment;
    }
}
