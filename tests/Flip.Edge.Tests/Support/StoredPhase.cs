using System.Text;
using Flip.Edge.Cloud;
using Flip.Edge.Commissioning;
using Flip.Edge.Storage;
using Microsoft.Extensions.Time.Testing;

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

    /// <summary>Takes a store to a phase, and copies its files while it is open.</summary>
    public static CommissioningRecord Make(string directory, StoredPhase phase, FakeTimeProvider time, string body = Homeowner.Body)
    {
        using TempDirectory live = new();
        using Outbox outbox = new(live.Path, time);
        Advance(outbox.Store, phase, body);
        Copy(live.Path, directory);
        return outbox.Record;
    }

    /// <summary>Copies the files of a store that may be open.</summary>
    public static void Copy(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from))
        {
            // The log's index is memory; a power cut leaves none.
            if (Path.GetExtension(file) is not ".lock" && !file.EndsWith("-shm", StringComparison.Ordinal)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }
    }

    public static void Advance(CommissioningStore store, StoredPhase phase, string body = Homeowner.Body)
    {
        if (phase >= StoredPhase.Requested) store.Request("local");
        if (phase >= StoredPhase.Frozen) store.Freeze(Request(body));
        if (phase >= StoredPhase.Sending) store.BeginAttempt("key-1");
        if (phase >= StoredPhase.Commissioned) store.Commissioned("key-1", "done", Enrollment);
    }
}
