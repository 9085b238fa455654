namespace Flip.Edge.Button;

/// <summary>
/// Notices that the path of an open file leads elsewhere by now, by a link in any part of it too: who holds a FIFO that was deleted and made anew waits for bytes that
/// nobody can write any more, and the kernel tells nothing. Of a device that is unplugged it does tell; its node may be made anew without that.
/// </summary>
internal sealed class ReplacedFile : IDisposable
{
    /// <summary>Between two looks. A person who has made it anew waits for it.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

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

    // The first look is at once: it may have been made anew since it was opened.
    private static async Task FollowAsync(DeviceFile file, string path, TimeProvider time, CancellationToken end)
    {
        FileIdentity opened = FileIdentity.Of(file.Handle);
        while (FileIdentity.At(path) == opened) await Task.Delay(Pause, time, end);
    }
}
