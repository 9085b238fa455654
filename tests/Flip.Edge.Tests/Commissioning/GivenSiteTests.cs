using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Storage;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Commissioning;

public sealed class GivenSiteTests : IDisposable
{
    private const string Json = """
        {
          "id" : "abc-789",
          "first_name" : "Hildegard",
          "street_address": "7 Rosenweg",
          "LAST_NAME":"Sonnenschein"
        }
        """;

    private readonly TempDirectory _directory = new();
    private readonly Outbox _outbox;
    private readonly CurrentSettings _settings;
    private readonly GivenSite _site;

    public GivenSiteTests()
    {
        _outbox = new(_directory.Path, new FakeTimeProvider(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero)));
        _settings = new(Settings.For(_directory.Path));
        _site = new(_outbox.Store, _settings, _outbox.Changes, NullLogger<GivenSite>.Instance);
    }

    [Fact]
    public void What_was_given_is_masked_in_a_damaged_database_however_it_was_written()
    {
        Assert.Equal(GivenSiteAnswer.Taken, _site.Give(Json, out _));
        Assert.Equal("Hildegard", _settings.Now.Site.FirstName);
        _outbox.Restart();
        Assert.Equal(_settings.Now.Site, Reread());
        _outbox.Dispose();
        string file = Path.Combine(_directory.Path, "flip-edge.db");
        string before = File.ReadAllText(file, System.Text.Encoding.Latin1);
        Assert.Contains("Hildegard", before, StringComparison.Ordinal);

        HomeownerMask.Erase([file]);

        string after = File.ReadAllText(file, System.Text.Encoding.Latin1);
        Assert.All(["Hildegard", "Rosenweg", "Sonnenschein"], value => Assert.DoesNotContain(value, after, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_that_is_frozen_while_site_data_come_in_is_on_its_way_and_the_data_are_not_taken()
    {
        _outbox.Store.Request("local");
        using ManualResetEventSlim freezing = new(), goesOn = new();
        _outbox.Database.Read(connection =>
        {
            connection.CreateFunction("stop_here", () =>
            {
                freezing.Set();
                goesOn.Wait();
                return 0;
            });
            return connection.Scalar("CREATE TEMP TRIGGER slow BEFORE INSERT ON outbox BEGIN SELECT stop_here(); END");
        });
        Task freeze = Task.Run(() => _outbox.Store.Freeze(Outbox.Request()), TestContext.Current.CancellationToken);
        freezing.Wait(TestContext.Current.CancellationToken);
        Task<GivenSiteAnswer> give = Task.Run(() => _site.Give(Json, out _), TestContext.Current.CancellationToken);

        // Long enough for the giver to have looked at the state, which is still the one before.
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, TestContext.Current.CancellationToken);
        goesOn.Set();
        await freeze;

        Assert.Equal(GivenSiteAnswer.InFlight, await give);
        Assert.Null(_outbox.Store.SiteData());
        Assert.Equal("John", _settings.Now.Site.FirstName);
    }

    private SiteSettings Reread()
    {
        CurrentSettings after = new(Settings.For(_directory.Path));
        new GivenSite(_outbox.Store, after, _outbox.Changes, NullLogger<GivenSite>.Instance).Load();
        return after.Now.Site;
    }

    public void Dispose()
    {
        _outbox.Dispose();
        _directory.Dispose();
    }
}
