using System.Runtime.InteropServices;

namespace Flip.Edge.Commissioning;

/// <summary>
/// Whether the kernel holds its clock for synchronised: what chrony, ntpd and systemd-timesyncd tell it. See adjtimex(2),
/// man7.org/linux/man-pages/man2/adjtimex.2.html.
/// </summary>
internal static partial class KernelClock
{
    private const int Unsynchronized = 0x0040; // STA_UNSYNC
    private const int Failed = -1;

    /// <summary>
    /// Null when it can't be asked: a seccomp filter answers EPERM or ENOSYS even to a call that changes nothing. The unit's
    /// ProtectClock= is one.
    /// </summary>
    public static bool? IsSynchronized()
    {
        // Modes is 0: nothing is set. The answer is the clock's state, and TIME_ERROR is not a failed call.
        Timex timex = default;
        return Adjust(ref timex) == Failed ? null : (timex.Status & Unsynchronized) == 0;
    }

    [LibraryImport("libc", EntryPoint = "adjtimex")]
    private static partial int Adjust(ref Timex timex);

    /// <summary>struct timex of 64-bit Linux, where x64 and arm64 have it alike.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 208)]
    private struct Timex
    {
        [FieldOffset(0)]
        public uint Modes;

        [FieldOffset(40)]
        public int Status;
    }
}
