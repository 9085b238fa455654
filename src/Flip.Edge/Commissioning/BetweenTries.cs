using Flip.Edge.Storage;

namespace Flip.Edge.Commissioning;

/// <summary>The wait between two tries of one request. It belongs to one worker; only <see cref="EndNow"/> is for everybody.</summary>
internal sealed class BetweenTries(RetryPolicy retry, TimeProvider time)
{
    // Between two tries that were asked for. A person who mends something by and by does not feel it; a loose wire at the button, or a program that presses
    // a thousand times, would have Flip asked and the flash written a hundred times a second.
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1), LongestRest = TimeSpan.FromMinutes(1);

    private readonly ChangeSignal _endNow = new();
    private TimeSpan _rest;
    private RetryPace _pace = retry.NewPace();
    private Task? _heard;
    private bool _flipAskedToWait;

    /// <summary>How long it is, as it was scheduled last.</summary>
    public TimeSpan Length { get; private set; }

    /// <summary>
    /// Somebody is there: it ends at once, or does not begin, unless Flip itself asked for it. From the second time on a rest stays, of 1 s doubling to 1 min,
    /// until a wait was left to run its length.
    /// </summary>
    public void EndNow() => _endNow.Raise();

    /// <summary>Begins with a request that was not tried by this process.</summary>
    /// <param name="entry">The request.</param>
    /// <param name="isInherited">Whether it was there when the process started, so that its wait goes on from the disk.</param>
    public void Begin(OutboxEntry entry, bool isInherited)
    {
        _pace = retry.NewPace();
        _flipAskedToWait = entry.IsAskedToWait;
        // A restart may have been the whole fleet's: spread by jitter, or by what Flip asked for.
        _rest = TimeSpan.Zero;
        Length = isInherited ? _pace.AfterRestart(entry.NextAttemptAt, entry.IsAskedToWait, time.GetUtcNow()) : TimeSpan.Zero;
    }

    /// <summary>It is this long, whatever was due: what the next try needs is not there, and looked for again.</summary>
    public void Hold(TimeSpan length) => (Length, _flipAskedToWait) = (length, false);

    public async Task WaitAsync(CancellationToken stopping)
    {
        if (Length > TimeSpan.Zero)
        {
            Task due = Task.Delay(Length, time, stopping);
            if (_flipAskedToWait) await due;
            else await HurriedAsync(due, stopping);
        }

        // Taken before the try: whoever presses while it is under way has mended something too, and is worth the next one at once.
        _heard = _endNow.Next;
    }

    private async Task HurriedAsync(Task due, CancellationToken stopping)
    {
        long began = time.GetTimestamp();
        Task first = await Task.WhenAny(due, _heard ?? _endNow.Next);
        await first;
        TimeSpan left = _rest - time.GetElapsedTime(began);
        if (first != due && left > TimeSpan.Zero) await await Task.WhenAny(due, Task.Delay(left, time, stopping));
        _rest = first == due ? TimeSpan.Zero : _rest == TimeSpan.Zero ? FirstRest : _rest * 2 < LongestRest ? _rest * 2 : LongestRest;
    }

    /// <summary>Finds the next wait.</summary>
    /// <param name="verdict">What followed from the try.</param>
    /// <param name="atOnce">Whether there is none.</param>
    /// <returns>When the next try is due, for the disk and for a person. None is only where no next try comes, or one at once.</returns>
    public NextTry Schedule(Verdict verdict, bool atOnce)
    {
        bool waits = verdict.TriesAgain && !atOnce;
        Length = waits ? _pace.Failed(verdict.IsCrowded, verdict.RetryAfter) : TimeSpan.Zero;
        _flipAskedToWait = verdict.RetryAfter > TimeSpan.Zero;
        return waits ? new(time.GetUtcNow() + Length, _flipAskedToWait) : NextTry.None;
    }
}
