using System.Runtime.CompilerServices;
using Flip.Edge.Storage;
using Flip.Edge.Supervision;

namespace Flip.Edge.Enrollment;

/// <summary>The feed over the log in the database: what is not committed is never shown, and what was shown is never lost.</summary>
internal sealed class EnrollmentFeed(EnrollmentStore store, ChangeSignal changes) : IEnrollmentFeed
{
    public EnrollmentSnapshot? Latest => store.Latest() is { } row ? Snapshot(row) : null;

    public async IAsyncEnumerable<EnrollmentSnapshot> SubscribeAsync(
        long? afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long seen = afterVersion ?? (store.Latest() is { } newest ? newest.Version - 1 : 0);
        while (true)
        {
            // Taken before the look, so that a commit between look and wait ends the wait.
            Task next = changes.Next;
            foreach (EnrollmentRow row in store.After(seen))
            {
                seen = row.Version;
                yield return Snapshot(row);
            }

            using (Progress.Waiting("for the enrollment")) await next.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static EnrollmentSnapshot Snapshot(EnrollmentRow row) =>
        new(row.Version, EdgeDatabase.Time(row.RecordedAt), EnrollmentText.Read(row.State));
}
