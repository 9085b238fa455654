using System.Collections.Concurrent;
using System.Text;
using Flip.Edge.Cloud;
using Flip.Edge.Commissioning;
using Flip.Edge.Storage;

namespace Flip.Edge.Tests.Support;

/// <summary>How far a commissioning was when the power went.</summary>
public enum StoredPhase
{
    Idle,
    Requested,
    Frozen,
    Sending,
    Commissioned,
}

/// <summary>Data directories as a power cut leaves them, with everything still in the write-ahead log that would be there.</summary>
internal static class PowerCutDirectory
{
    public const string Enrollment = """{"site_id":"abc-789","device_ids":["xyz-123"],"answer":{"programs":[]}}""";

    public static FrozenRequest Request(string body = Homeowner.Body, string key = "key-1")
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        return new(key, bytes, CommissionSerializer.Digest(bytes), CommissionSerializer.Digest("settings"u8), "abc-789", [new("xyz-123", "123456789", 15_000, 6000, 7500)]);
    }

    // Each is made once: every commit waits for the disk.
    private static readonly ConcurrentDictionary<(StoredPhase, string), Lazy<Snapshot>> Snapshots = new();

    /// <summary>Writes the files of a store that was at a phase, as they were while it was open.</summary>
    public static CommissioningRecord Make(string directory, StoredPhase phase, string body = Homeowner.Body)
    {
        Snapshot snapshot = Snapshots.GetOrAdd((phase, body), _ => new(() => Take(phase, body))).Value;
        foreach ((string name, byte[] bytes) in snapshot.Files) File.WriteAllBytes(Path.Combine(directory, name), bytes);
        return snapshot.Record;
    }

    private static Snapshot Take(StoredPhase phase, string body)
    {
        using TempDirectory live = TempDirectory.InMemory();
        using Outbox outbox = new(live.Path, new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero)));
        Advance(outbox.Store, phase, body);
        using TempDirectory cut = TempDirectory.InMemory();
        Copy(live.Path, cut.Path);
        return new(outbox.Record, [.. Directory.GetFiles(cut.Path).Select(file => (Path.GetFileName(file), File.ReadAllBytes(file)))]);
    }

    /// <summary>Copies the files of a store that may be open, as a power cut would leave them.</summary>
    public static void Copy(string from, string to)
    {
        // The log's index is memory; a power cut leaves none.
        foreach (string file in Directory.GetFiles(from).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal) && !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            using FileStream open = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using FileStream copy = new(Path.Combine(to, Path.GetFileName(file)), FileMode.Create, FileAccess.Write);
            open.CopyTo(copy);
        }
    }

    private sealed record Snapshot(CommissioningRecord Record, IReadOnlyList<(string Name, byte[] Bytes)> Files);

    public static void Advance(CommissioningStore store, StoredPhase phase, string body = Homeowner.Body)
    {
        if (phase >= StoredPhase.Requested) store.Request("local");
        if (phase >= StoredPhase.Frozen) store.Freeze(Request(body));
        if (phase >= StoredPhase.Sending) store.BeginAttempt("key-1");
        if (phase >= StoredPhase.Commissioned) store.Commissioned("key-1", "done", Enrollment);
    }
}
