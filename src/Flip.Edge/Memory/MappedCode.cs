using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Flip.Edge.Memory;

/// <summary>
/// The parts of the program's own file and of its libraries that are mapped and can't be written: code, constants, unwind tables. What a start
/// or a TLS handshake has read of them stays resident until the kernel is short of memory; letting go of it makes it the first that goes.
/// What is needed again is mapped again, out of the page cache or the file.
/// </summary>
internal static unsafe partial class MappedCode
{
    private const uint Load = 1, Writable = 2;
    private const int DontNeed = 4;

    /// <summary>
    /// Lets go of it all, whole pages only. A segment that the file gives as writable is left alone, also the part of it that is made
    /// read-only after the relocations (RELRO): its pages are no longer those of the file.
    /// </summary>
    /// <remarks>
    /// madvise(2): after MADV_DONTNEED, pages of a private file mapping come from the file again. An upgrade does not change them, since dpkg
    /// puts a new file in the place of the old one, which lives on while it is mapped. The kernel's own vDSO refuses (EINVAL), rightly.
    /// </remarks>
    public static void LetGo()
    {
        if (sizeof(nint) == 8) _ = IteratePhdr(&LetGoOf, null);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int LetGoOf(Loaded* loaded, nuint size, void* data)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        for (int i = 0; i < loaded->SegmentCount; i++)
        {
            Segment segment = loaded->Segments[i];
            if (segment.Type != Load || (segment.Flags & Writable) != 0) continue;
            nuint from = (loaded->Address + (nuint)segment.Address + page - 1) & ~(page - 1);
            nuint to = (loaded->Address + (nuint)(segment.Address + segment.MemorySize)) & ~(page - 1);
            if (to > from) _ = Advise((void*)from, to - from, DontNeed);
        }

        return 0;
    }

    [LibraryImport("libc", EntryPoint = "dl_iterate_phdr")]
    private static partial int IteratePhdr(delegate* unmanaged[Cdecl]<Loaded*, nuint, void*, int> callback, void* data);

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
