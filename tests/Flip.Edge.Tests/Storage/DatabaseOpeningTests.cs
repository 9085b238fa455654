using Flip.Edge.Commissioning;
using Flip.Edge.Storage;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Storage;

public sealed class DatabaseOpeningTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    private string Database => _directory.File("flip-edge.db");

    [Fact]
    public void A_file_that_is_no_database_is_put_aside_and_a_new_one_is_made()
    {
        File.WriteAllText(Database, "this is no database, and long enough not to be taken for an empty one");

        using Outbox outbox = new(_directory.Path, _time);

        Assert.StartsWith("this is no database", File.ReadAllText(Database + ".damaged-1"), StringComparison.Ordinal);
        Assert.Equal(Database + ".damaged-1", outbox.Database.Health.Recovered?.PutAside);
        Assert.Contains("not a database", outbox.Database.Health.Recovered!.Sentence, StringComparison.Ordinal);
        Assert.True(outbox.Store.Request("local"));
    }

    [Theory]
    [InlineData("CREATE TABLE notes (text TEXT)", "no database of flip-edge")]
    [InlineData("CREATE TABLE notes (text TEXT); PRAGMA application_id = 1196444487; PRAGMA user_version = 1", "no database of flip-edge")]
    [InlineData("PRAGMA application_id = 1196444487", "no database of flip-edge")]
    public void Somebody_elses_database_is_put_aside_unchanged(string sql, string found)
    {
        RawDatabase.Execute(Database, sql);
        byte[] before = File.ReadAllBytes(Database);

        using Outbox outbox = new(_directory.Path, _time);

        Assert.Equal(before, File.ReadAllBytes(Database + ".damaged-1"));
        Assert.Contains(found, outbox.Database.Health.Recovered?.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_of_a_newer_version_is_put_aside_and_the_mirror_goes_on()
    {
        PowerCutDirectory.Make(_directory.Path, StoredPhase.Requested);
        RawDatabase.Execute(Database, "PRAGMA user_version = 999");

        using Outbox outbox = new(_directory.Path, _time);

        Assert.Contains("version is 999", outbox.Database.Health.Recovered?.Sentence, StringComparison.Ordinal);
        Assert.True(outbox.Record.IsRequested);
    }

    [Fact]
    public void A_database_with_its_log_keeps_both_under_one_number_and_each_time_a_new_one()
    {
        for (int time = 1; time <= 3; time++)
        {
            PowerCutDirectory.Make(_directory.Path, StoredPhase.Sending);
            using FileStream file = new(Database, FileMode.Open);
            file.SetLength(6000);
            file.Dispose();
            using (new Outbox(_directory.Path, _time))
            {
            }

            Assert.True(File.Exists($"{Database}.damaged-{time}"));
            Assert.True(File.Exists($"{Database}.damaged-{time}-wal"));
        }
    }

    [Fact]
    public void An_empty_database_beside_its_log_is_not_taken_for_a_new_gateway()
    {
        PowerCutDirectory.Make(_directory.Path, StoredPhase.Requested);
        File.WriteAllBytes(Database, []);
        File.Delete(_directory.File("identity.json"));

        using Outbox outbox = new(_directory.Path, _time);

        Assert.True(new FileInfo(Database + ".damaged-1-wal").Length > 0);
        Assert.Equal("trigger", outbox.Record.Reason?.Code);
        Assert.Contains("nothing else is known of an earlier commissioning", outbox.Record.Reason!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_database_and_mirror_it_is_a_new_gateway_and_nothing_was_recovered()
    {
        using Outbox outbox = new(_directory.Path, _time);

        Assert.Equal(new StorageHealth(null, null, null), outbox.Database.Health);
        Assert.Equal(StateReason.Trigger, outbox.Record.Reason);
    }

    [Fact]
    public async Task The_status_names_the_file_that_was_put_aside()
    {
        File.WriteAllText(Database, "this is no database, and long enough not to be taken for an empty one");

        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(EdgeUnderTest.Settings(_directory, null));
        System.Text.Json.JsonElement storage = (await edge.StatusAsync()).GetProperty("storage");

        Assert.Equal("ok", storage.GetProperty("state").GetString());
        Assert.Equal(Database + ".damaged-1", storage.GetProperty("put_aside").GetString());
        Assert.Contains("flip-edge commission", storage.GetProperty("recovered").GetString(), StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();
}
