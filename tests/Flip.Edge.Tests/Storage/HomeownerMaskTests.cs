using System.Text;
using Flip.Edge.Storage;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Storage;

public sealed class HomeownerMaskTests : IDisposable
{
    private readonly TempDirectory _directory = TempDirectory.InMemory();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    private string Database => _directory.File("flip-edge.db");

    [Fact]
    public void A_kept_database_has_no_homeowner_data_and_still_tells_support_which_devices_there_were()
    {
        PowerCutDirectory.Make(_directory.Path, StoredPhase.Sending);
        Assert.NotEmpty(Homeowner.In(_directory.Path));

        HomeownerMask.Erase([Database, Database + "-wal"]);

        Assert.Empty(Homeowner.In(_directory.Path));
        Assert.Contains("\"serial_number\":\"123456789\"", Text(Database + "-wal"), StringComparison.Ordinal);
        Assert.Contains("\"id\":\"abc-789\"", Text(Database + "-wal"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"site":{"id":"abc-789","last_name":"O\u0027Featherstonehaugh \"the\\ Marchpane\" Quibblesworth"}}""")]
    [InlineData("""{"site":{"id":"abc-789","last_name":"Featherstonehaugh","city":"Duns""")]
    [InlineData("""last_name":"Featherstonehaugh","city":"Dunsinane"}""")]
    [InlineData("""{"site":{"id":"abc-789","last_nome":"Featherstonehaugh"}}""")]
    [InlineData("""{"site":{"id":"abc-789","last_name"#"Featherstonehaugh,"city":"Dunsinane"}}""")]
    [InlineData("""{"site":{"id":"abc-789","l##################Featherstonehaugh"}}""")]
    [InlineData("""{"zite":{"id":"abc-789","city":"Dunsinane"},"x":1}  ######nane":"Dunsinane" """)]
    public void A_torn_body_is_masked_as_far_as_a_field_or_the_site_or_another_copy_shows_it(string torn)
    {
        File.WriteAllText(Database, torn);

        HomeownerMask.Erase([Database]);

        Assert.Empty(Homeowner.In(_directory.Path));
    }

    [Fact]
    public void A_body_of_more_than_a_page_is_masked_wherever_the_page_cuts_it()
    {
        // Of a row of this length SQLite keeps some 500 bytes in the first page: the cut moves through every name and value of the site.
        const int length = 8680;
        for (int shift = 0; shift < 500; shift++)
        {
            string body = Homeowner.Body.Replace("abc-789", "s" + new string('0', shift), StringComparison.Ordinal);
            body = body.Replace("\"can_auto_enroll\"", $"\"more\":\"{new string('x', length - body.Length)}\",\"can_auto_enroll\"", StringComparison.Ordinal);
            RawDatabase.Execute(Database, $"PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS outbox (key TEXT, body BLOB); DELETE FROM outbox; INSERT INTO outbox VALUES ('key-1', CAST('{body}' AS BLOB))");

            Assert.NotEmpty(Homeowner.In(_directory.Path));
            HomeownerMask.Erase([Database]);

            IReadOnlyList<string> left = Homeowner.In(_directory.Path);
            Assert.True(left.Count == 0, $"shift {shift}: {string.Join(", ", left)}");
            foreach (string file in Directory.GetFiles(_directory.Path)) File.Delete(file);
        }
    }

    [Fact]
    public void A_long_body_in_the_write_ahead_log_is_masked_too()
    {
        string body = Homeowner.Body.Replace("\"can_auto_enroll\"", $"\"more\":\"{new string('x', 9000)}\",\"can_auto_enroll\"", StringComparison.Ordinal);
        PowerCutDirectory.Make(_directory.Path, StoredPhase.Sending, body);
        Assert.Contains(Homeowner.In(_directory.Path), trace => trace.StartsWith("flip-edge.db-wal", StringComparison.Ordinal));

        HomeownerMask.Erase([Database, Database + "-wal"]);

        Assert.Empty(Homeowner.In(_directory.Path));
    }

    [Fact]
    public void A_file_without_homeowner_data_is_not_touched()
    {
        File.WriteAllText(Database, "\"serial_number\":\"123456789\", and no page of ours");
        DateTime before = File.GetLastWriteTimeUtc(Database);

        HomeownerMask.Erase([Database, Database + "-wal"]);

        Assert.Equal(before, File.GetLastWriteTimeUtc(Database));
    }

    [Fact]
    public void From_the_trigger_to_the_commission_through_a_damaged_database_nothing_of_the_homeowner_stays()
    {
        PowerCutDirectory.Make(_directory.Path, StoredPhase.Sending);
        RawDatabase.Execute(Database, "UPDATE outbox SET attempts = 17");
        using Outbox outbox = new(_directory.Path, _time);
        Assert.Equal(Database + ".damaged-1", outbox.Database.Health.Recovered?.PutAside);

        outbox.Store.Commissioned("key-1", "done", PowerCutDirectory.Enrollment);
        outbox.Store.Forget();

        Assert.Empty(Homeowner.In(_directory.Path));
    }

    private static string Text(string file) => Encoding.Latin1.GetString(File.ReadAllBytes(file));

    public void Dispose() => _directory.Dispose();
}
