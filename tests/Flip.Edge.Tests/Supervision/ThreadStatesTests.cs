using System.IO.Pipes;
using Flip.Edge.Supervision;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Supervision;

public sealed class ThreadStatesTests
{
    [Fact]
    public async Task A_thread_that_is_stuck_in_a_read_is_shown_with_its_name_and_file()
    {
        using AnonymousPipeServerStream pipe = new(PipeDirection.In, HandleInheritability.None);
        using AnonymousPipeClientStream other = new(PipeDirection.Out, pipe.ClientSafePipeHandle);
        Thread reader = new(() => pipe.ReadByte()) { Name = "stuck reader", IsBackground = true };
        reader.Start();
        // A sandbox may hide the calls of threads (kernel.yama, seccomp), and then their state is all there is.
        await FaultRig.UntilAsync(() => ThreadStates.Now().Any(line => line.Contains("(stuck reader) state S", StringComparison.Ordinal)));
        Assert.SkipUnless(CanReadCalls(), "the kernel hides what threads call here");
        await FaultRig.UntilAsync(() => ThreadStates.Now().Any(line => line.Contains("(stuck reader)", StringComparison.Ordinal) && line.Contains("read of pipe:[", StringComparison.Ordinal)));
        other.WriteByte(1);
        reader.Join();
    }

    private static bool CanReadCalls()
    {
        try
        {
            return File.ReadAllText("/proc/thread-self/syscall").Length > 0;
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [Theory]
    [InlineData("running", "runs")]
    [InlineData("-1 0x7ffd 0x7f11", "")]
    [InlineData("", "")]
    [InlineData("9999 0x0 0x0", "system call 9999")]
    public void What_the_kernel_says_of_a_thread_is_put_in_words(string line, string words) => Assert.Equal(words, SystemCall.Describe(line));
}
