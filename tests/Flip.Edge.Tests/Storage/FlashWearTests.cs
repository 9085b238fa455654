using Flip.Edge.Commissioning;
using Flip.Edge.Storage;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Storage;

public sealed class FlashWearTests : IDisposable
{
    private readonly TempDirectory _directory = TempDirectory.InMemory();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_commissioned_gateway_with_nothing_new_writes_nothing_not_even_at_a_restart()
    {
        using Outbox outbox = new(_directory.Path, _time);
        PowerCutDirectory.Advance(outbox.Store, StoredPhase.Commissioned);
        outbox.Store.Forget();
        Dictionary<string, byte[]> before = Files();

        for (int day = 0; day < 7; day++)
        {
            _time.Advance(TimeSpan.FromDays(1));
            outbox.Store.Move(CommissioningState.Commissioned, null);
            Assert.False(outbox.Store.Request("local"));
            Assert.Equal(1, new EnrollmentStore(outbox.Database).Latest()!.Version);
        }

        outbox.Restart();
        Assert.Equal(before, Files());
    }

    [Fact]
    public void The_log_stays_small_through_a_thousand_tries()
    {
        using Outbox outbox = new(_directory.Path, _time);
        PowerCutDirectory.Advance(outbox.Store, StoredPhase.Frozen);

        for (int attempt = 1; attempt <= 1000; attempt++)
        {
            outbox.Store.BeginAttempt("key-1");
            outbox.Store.EndAttempt("key-1", new("transient", "HTTP 503", true), new(_time.GetUtcNow(), false), CommissioningState.Queued, new("transient", $"try {attempt}"));
        }

        Assert.InRange(new FileInfo(_directory.File("flip-edge.db-wal")).Length, 1, 512 * 1024);
        Assert.InRange(new FileInfo(_directory.File("flip-edge.db")).Length, 1, 128 * 1024);
    }

    // The log and its index are made anew at each start; what is in them counts.
    private Dictionary<string, byte[]> Files() => Directory.GetFiles(_directory.Path)
        .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal) && !file.EndsWith("-shm", StringComparison.Ordinal))
        .ToDictionary(file => Path.GetFileName(file), file =>
        {
            using FileStream open = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            byte[] bytes = new byte[open.Length];
            open.ReadExactly(bytes);
            return bytes;
        });

    public void Dispose() => _directory.Dispose();
}
