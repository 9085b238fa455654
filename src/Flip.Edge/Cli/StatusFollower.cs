using Flip.Edge.Status;

namespace Flip.Edge.Cli;

/// <summary>
/// The daemon's status and each later one, over as many event streams as that takes: one may be cut because the daemon was restarted, or because others hold
/// all its connections. It only asks; nothing is started twice.
/// </summary>
/// <param name="client">Talks to the daemon.</param>
/// <param name="time">Time of the pauses.</param>
internal sealed class StatusFollower(LocalClient client, TimeProvider time)
{
    // systemd starts a daemon that has ended again after 5 s.
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(4)];

    /// <summary>Never ends by itself. After a cut the status comes once more, changed or not.</summary>
    /// <exception cref="HttpRequestException">The daemon has gone, and did not come back within some 12 s.</exception>
    public async IAsyncEnumerable<EdgeStatus> FollowAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int failures = 0;
        while (true)
        {
            await using (IAsyncEnumerator<EdgeStatus> statuses = client.StatusesAsync(cancellationToken).GetAsyncEnumerator(cancellationToken))
            {
                while (await NextAsync(statuses) is { } status)
                {
                    failures = 0;
                    yield return status;
                }
            }

            if (failures == Pauses.Length) throw new HttpRequestException("the daemon has gone; what it accepted is on its disk, and it goes on when it is started again");
            await Task.Delay(Pauses[failures++], time, cancellationToken);
        }
    }

    private static async Task<EdgeStatus?> NextAsync(IAsyncEnumerator<EdgeStatus> statuses)
    {
        try
        {
            return await statuses.MoveNextAsync() ? statuses.Current : null;
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException)
        {
            return null;
        }
    }
}
