namespace Flip.Edge.Cloud;

internal enum BodyEnd
{
    Complete,
    TooLarge,
    Truncated,
    TimedOut,
}

/// <summary>A body read up to a limit, and why reading stopped.</summary>
internal sealed record BoundedBody(byte[] Bytes, BodyEnd End)
{
    /// <summary>Reads at most <paramref name="limit"/> bytes.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="caller"/> was cancelled.</exception>
    public static async Task<BoundedBody> ReadAsync(HttpContent content, int limit, CancellationToken deadline, CancellationToken caller)
    {
        MemoryStream bytes = new();
        byte[] buffer = new byte[8192];
        try
        {
            Stream stream = await content.ReadAsStreamAsync(deadline).ConfigureAwait(false);
            while (true)
            {
                // One byte beyond the limit tells a body that fits from one that does not.
                int room = (int)Math.Min(buffer.Length, limit + 1L - bytes.Length);
                int read = await stream.ReadAsync(buffer.AsMemory(0, room), deadline).ConfigureAwait(false);
                if (read == 0) return new(bytes.ToArray(), BodyEnd.Complete);
                bytes.Write(buffer, 0, read);
                if (bytes.Length <= limit) continue;
                bytes.SetLength(limit);
                return new(bytes.ToArray(), BodyEnd.TooLarge);
            }
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested)
        {
            return new(bytes.ToArray(), BodyEnd.TimedOut);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return new(bytes.ToArray(), BodyEnd.Truncated);
        }
    }
}
