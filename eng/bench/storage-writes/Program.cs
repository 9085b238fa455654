// What the outbox costs a flash card: bytes that the kernel sends to the disk (write_bytes of /proc/self/io) for each transaction, by the
// number of log pages after which SQLite writes the log back. The directory has to be on a real disk, not on a tmpfs.
//   dotnet run -c Release --project eng/bench/storage-writes [DIRECTORY]
using System.Globalization;
using Flip.Edge.Commissioning;
using Flip.Edge.Storage;
using Microsoft.Data.Sqlite;

string directory = args.Length > 0 ? args[0] : Directory.CreateTempSubdirectory("storage-writes-").FullName;
Console.WriteLine("checkpoint  transactions  bytes/transaction  largest log   one commission  then idle");
foreach (int pages in new[] { 16, 64, 256, 1000 })
{
    string file = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{pages}"), "flip-edge.db");
    using EdgeDatabase database = EdgeDatabase.Open(file, TimeProvider.System, new());
    CommissioningStore store = new(database, TimeProvider.System, database.Changes);
    database.Read(connection =>
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"PRAGMA wal_autocheckpoint = {pages}");
        return command.ExecuteNonQuery();
    });

    long start = Written();
    store.Request("local");
    store.Freeze(new("key-1", new byte[900], "digest", "settings", "abc-789", [new("xyz-123", "123456789", 15_000, 6000, 7500)]));
    long frozen = Written() - start;

    const int tries = 1000;
    long before = Written();
    long largest = 0;
    for (int attempt = 1; attempt <= tries; attempt++)
    {
        store.BeginAttempt("key-1");
        store.EndAttempt("key-1", new("transient", "HTTP 503: no body", true), new(TimeProvider.System.GetUtcNow(), false), CommissioningState.Queued, new("transient", $"try {attempt}"));
        largest = Math.Max(largest, new FileInfo(file + "-wal").Length);
    }

    long perTransaction = (Written() - before) / (2 * tries);
    before = Written();
    store.Commissioned("key-1", "done", """{"site_id":"abc-789","device_ids":["xyz-123"],"answer":{"programs":[]}}""");
    store.Forget();
    long commission = frozen + Written() - before;

    before = Written();
    EnrollmentStore enrollment = new(database);
    for (int hour = 0; hour < 24; hour++)
    {
        // A refresh that finds the same: read, compared, not written. A state that is the one on the disk.
        _ = enrollment.Latest();
        store.Move(CommissioningState.Commissioned, null);
    }

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{pages,6} pages  {2 * tries,12}  {perTransaction,15} B  {largest / 1024,8} kB  {commission / 1024,11} kB  {Written() - before,7} B"));
}

static long Written() => long.Parse(
    File.ReadLines("/proc/self/io").Single(line => line.StartsWith("write_bytes", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);
