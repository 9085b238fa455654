using System.Runtime.CompilerServices;
using System.Text.Json;
using Flip.Edge.Storage;
using Flip.Edge.Supervision;
using Microsoft.Data.Sqlite;

namespace Flip.Edge.Enrollment;

/// <summary>
/// The feed over the log in the database: what is not committed is never shown, and what was shown is never lost. While the database can't be
/// read, which its health says, the newest that was read stands, and subscribers wait.
/// </summary>
internal sealed class EnrollmentFeed(EnrollmentStore store, ChangeSignal changes) : IEnrollmentFeed
{
    private volatile EnrollmentSnapshot? _last;

    public EnrollmentSnapshot? Latest
    {
        get
        {
            try
            {
                return _last = store.Latest() is { } row ? Snapshot(row) : null;
            }
            catch (SqliteException)
            {
                // The database has noted it.
                return _last;
            }
            catch (Exception other) when (other is JsonException or FormatException)
            {
                store.NoteUnreadable(other);
                return _last;
            }
        }
    }

    public async IAsyncEnumerable<EnrollmentSnapshot> SubscribeAsync(
        long? afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long? seen = afterVersion;
        while (true)
        {
            // Taken before the look, so that a commit between look and wait ends the wait; and that the database can be read again does, too.
            Task next = changes.Next;
            seen ??= BeforeNewest();
            foreach (EnrollmentRow row in seen is { } version ? After(version) : [])
            {
                seen = row.Version;
                yield return Snapshot(row);
            }

            using (Progress.Waiting("for the enrollment")) await next.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private long? BeforeNewest()
    {
        try
        {
            return store.Latest() is { } newest ? newest.Version - 1 : 0;
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    private IReadOnlyList<EnrollmentRow> After(long version)
    {
        try
        {
            return store.After(version);
        }
        catch (SqliteException)
        {
            return [];
        }
    }

    private static EnrollmentSnapshot Snapshot(EnrollmentRow row) =>
        new(row.Version, EdgeDatabase.Time(row.RecordedAt), EnrollmentText.Read(row.State));
}
