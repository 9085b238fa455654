using Flip.Edge.Storage;
using Flip.Edge.Supervision;
using Microsoft.Data.Sqlite;

namespace Flip.Edge.Commissioning;

/// <summary>
/// Writes an answer of Flip's down, however long the disk takes to let us: given up, it would be asked for again, and the second answer
/// to a commission is a 409.
/// </summary>
internal sealed partial class PatientDisk(TimeProvider time, ILogger<PatientDisk> log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    public async Task WriteAsync(Action write, CancellationToken stopping)
    {
        for (bool isSaid = false; ; isSaid = true)
        {
            try
            {
                write();
                return;
            }
            catch (Exception full) when (full is SqliteException or StorageException or IOException or UnauthorizedAccessException)
            {
                if (!isSaid) LogNotWritten(full, Pause.TotalSeconds);
            }

            using (Progress.Waiting("for the disk")) await Task.Delay(Pause, time, stopping);
        }
    }

    [LoggerMessage(214, LogLevel.Error, "Flip's answer can't be written down; the daemon keeps it and tries again every {Seconds} s. The status says what stands in the way")]
    private partial void LogNotWritten(Exception exception, double seconds);
}
