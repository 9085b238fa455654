using Flip.Edge.Cloud;
using Flip.Edge.Commissioning;
using Flip.Edge.Storage;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Storage;

/// <summary>
/// 200 seeded corruptions of database, log and mirror, 40 in each phase. The daemon always starts; what it shows afterwards is the truth, or a question to
/// Flip, and never a claim.
/// </summary>
public sealed class RandomCorruptionTests : IDisposable
{
    private readonly TempDirectory _directory = TempDirectory.InMemory();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public static TheoryData<StoredPhase, int> Seeds()
    {
        TheoryData<StoredPhase, int> data = [];
        foreach (StoredPhase phase in Enum.GetValues<StoredPhase>())
        {
            for (int seed = 1; seed <= 40; seed++) data.Add(phase, (int)phase * 1000 + seed);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_corrupted_gateway_starts_and_never_claims_what_it_does_not_know(StoredPhase phase, int seed)
    {
        CommissioningRecord truth = PowerCutDirectory.Make(_directory.Path, phase);
        Corruption corruption = new(seed);
        string what = $"{phase}, {corruption.Apply(_directory.Path)}";

        using (Outbox outbox = new(_directory.Path, _time))
        {
            StorageHealth health = outbox.Database.Health;
            CommissioningRecord record = outbox.Record;
            string story = $"{what} -> {record.State}, {record.Reason?.Code}, {health.Recovered?.Sentence ?? "nothing recovered"}";
            Assert.False(health.IsFailing, story);
            Assert.True(IsHonest(record, truth), story);
            if (corruption.SparesMirror) Assert.True(IsKept(record, phase), story);
            else Assert.True(IsKept(record, phase) || health.Recovered is not null, story);
            AssertBody(record, story);
            Assert.True(Homeowner.In(_directory.Path, "*.damaged-*").Count == 0, $"{story}: {string.Join(", ", Homeowner.In(_directory.Path, "*.damaged-*"))}");
            AssertVersions(outbox, truth, corruption, story);

            outbox.Restart();
            Assert.True(outbox.Database.Health.Recovered is null, $"{story}; and again: {outbox.Database.Health.Recovered?.Sentence}");
            Assert.Equal((record.State, record.Reason, record.IsInFlight, record.IsRequested), (outbox.Record.State, outbox.Record.Reason, outbox.Record.IsInFlight, outbox.Record.IsRequested));
        }
    }

    // Commissioned only where it was; and a state further than the truth nowhere.
    private static bool IsHonest(CommissioningRecord record, CommissioningRecord truth) => record.State switch
    {
        CommissioningState.Commissioned => truth.State == CommissioningState.Commissioned && record.Outbox!.IsSettled,
        CommissioningState.Queued or CommissioningState.Sending => truth.Outbox is not null && record.IsInFlight && record.Outbox!.Key == truth.Outbox.Key,
        CommissioningState.Waiting => !record.IsRequested || truth.IsRequested || truth.Outbox is not null,
        _ => false,
    };

    private static bool IsKept(CommissioningRecord record, StoredPhase phase) => phase switch
    {
        StoredPhase.Idle => record is { State: CommissioningState.Waiting, IsRequested: false, IsInFlight: false },
        StoredPhase.Requested => record is { State: CommissioningState.Waiting, IsRequested: true },
        StoredPhase.Frozen => record is { State: CommissioningState.Queued, IsInFlight: true },
        StoredPhase.Sending => record.IsInFlight,
        _ => record.State == CommissioningState.Commissioned || record is { IsInFlight: true, Outbox.UnknownTries: > 0 },
    };

    private static void AssertBody(CommissioningRecord record, string story)
    {
        if (record.Outbox?.Body is { } body) Assert.True(CommissionSerializer.Digest(body) == record.Outbox.Digest && body.AsSpan().SequenceEqual(PowerCutDirectory.Request().Body), story);
    }

    // A state that subscribers may have seen never comes again under the same version.
    private void AssertVersions(Outbox outbox, CommissioningRecord truth, Corruption corruption, string story)
    {
        if (truth.State != CommissioningState.Commissioned || !corruption.SparesMirror) return;
        EnrollmentStore store = new(outbox.Database);
        Assert.True(store.Latest() is null or { Version: 1, State: PowerCutDirectory.Enrollment }, story);
        Assert.True(store.AppendIfChanged(_time.GetUtcNow(), PowerCutDirectory.Enrollment + " ") == 2, story);
    }

    public void Dispose() => _directory.Dispose();
}
