using System.Globalization;

namespace Flip.Edge.Button;

/// <summary>
/// Notices that the path of an open file leads elsewhere by now: who holds a FIFO that was deleted and made anew waits for bytes that
/// nobody can write any more, and the kernel tells nothing. Of a device that is unplugged it does tell; its node may be made anew without that.
/// </summary>
internal sealed class ReplacedFile : IDisposable
{
    /// <summary>Between two looks: two links are read. A person who has made it anew waits for it.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _end = new();

    /// <param name="file">Open, until after this was disposed.</param>
    /// <param name="path">The path that it was opened by.</param>
    /// <param name="time">Time.</param>
    public ReplacedFile(DeviceFile file, string path, TimeProvider time) => Happened = FollowAsync(file, path, time, _end.Token);

    /// <summary>Completes once the path leads elsewhere, or nowhere; cancelled at the end.</summary>
    public Task Happened { get; }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private static async Task FollowAsync(DeviceFile file, string path, TimeProvider time, CancellationToken end)
    {
        (string?, string?) opened = Look(file, path);
        do await Task.Delay(Pause, time, end);
        while (Look(file, path) == opened);
    }

    // What the kernel calls the open file: another name after a rename, one with " (deleted)" after that (proc(5), /proc/pid/fd). And where a link
    // such as those of /dev/input/by-path leads.
    private static (string? Open, string? Target) Look(DeviceFile file, string path) =>
        (Link(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{(int)file.Handle.DangerousGetHandle()}")), Link(path));

    private static string? Link(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
