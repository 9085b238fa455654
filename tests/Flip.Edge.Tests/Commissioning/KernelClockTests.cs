using System.ComponentModel;
using System.Diagnostics;
using Flip.Edge.Commissioning;

namespace Flip.Edge.Tests.Commissioning;

public sealed class KernelClockTests
{
    // Python lays struct timex out by the rules of this machine's C: int, four longs, int.
    private const string Asked = """
        import ctypes, struct
        timex = ctypes.create_string_buffer(256)
        told = ctypes.CDLL(None).adjtimex(timex)
        print("" if told == -1 else struct.unpack_from("@I4li", timex)[-1] & 0x40 == 0)
        """;

    [Fact]
    public async Task The_kernel_tells_us_what_it_tells_others()
    {
        Assert.Equal(await ToldPythonAsync(), KernelClock.IsSynchronized()?.ToString() ?? "");
    }

    private static async Task<string> ToldPythonAsync()
    {
        ProcessStartInfo start = new("python3", ["-c", Asked]) { RedirectStandardOutput = true };
        try
        {
            using Process python = Process.Start(start)!;
            string told = await python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await python.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, python.ExitCode);
            return told.Trim();
        }
        catch (Win32Exception)
        {
            Assert.Skip("there is no python3 here");
            throw;
        }
    }
}
