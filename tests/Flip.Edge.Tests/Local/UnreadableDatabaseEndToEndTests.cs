using System.Net;
using System.Text.Json;
using Flip.Edge.Enrollment;
using Flip.Edge.Storage;
using Flip.Edge.Supervision;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Flip.Edge.Tests.Local;

/// <summary>The field's finding: while the database could not be read, status and metrics answered 500, and nothing else told why.</summary>
public sealed class UnreadableDatabaseEndToEndTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private EdgeUnderTest _edge = null!;

    public async ValueTask InitializeAsync()
    {
        PowerCutDirectory.Make(_directory.Path, StoredPhase.Commissioned);
        _edge = await EdgeUnderTest.StartAsync(EdgeUnderTest.Settings(_directory, null));
        EnrollmentState state = new("abc-789", ["xyz-123"], ScriptedFlip.Success.Response.Programs, ScriptedFlip.Enrollment("ACTIVE"));
        _edge.Services.GetRequiredService<EnrollmentStore>().AppendIfChanged(TimeProvider.System.GetUtcNow(), EnrollmentText.Write(state));
        Assert.Equal("ACTIVE", (await _edge.StatusAsync()).GetProperty("enrollment").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Status_and_metrics_answer_with_what_is_known_and_say_what_fails()
    {
        // Another program's hand in it, as with sqlite3 on the gateway.
        Damage("ALTER TABLE enrollment RENAME TO gone");

        // The first look may be anybody's: the publisher's, the refresher's or this one.
        JsonElement status = await _edge.UntilAsync("the failing storage", status => status.GetProperty("storage").GetProperty("state").GetString() == "failing");

        Assert.Equal(("commissioned", "ACTIVE"), (status.GetProperty("commissioning").GetProperty("state").GetString(), status.GetProperty("enrollment").GetProperty("status").GetString()));
        string reason = status.GetProperty("storage").GetProperty("reason").GetString()!;
        Assert.StartsWith($"the database in {_directory.Path} is damaged (SQLite: SQL logic error, 1) and can't be read: ", reason, StringComparison.Ordinal);
        Assert.Equal("storage", status.GetProperty("commissioning").GetProperty("trouble")[0].GetProperty("code").GetString());
        string metrics = await _edge.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("\nflip_edge_storage_ok 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nflip_edge_commissioning_state{state=\"commissioned\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nflip_edge_enrollment_version 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains($"storage fails: {reason[..40]}", _edge.Services.GetRequiredService<StatusNotices>().Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_can_only_be_read_from_it_is_503_with_the_reason()
    {
        Damage("ALTER TABLE outbox RENAME TO gone");

        using HttpResponseMessage history = await _edge.Http.GetAsync(new Uri("/api/v1/commission/history", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, history.StatusCode);
        Assert.Equal("application/problem+json", history.Content.Headers.ContentType?.MediaType);
        Assert.Contains("can't be read: what was read before is shown", await history.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("failing", (await _edge.StatusAsync()).GetProperty("storage").GetProperty("state").GetString());
    }

    public async ValueTask DisposeAsync()
    {
        await _edge.DisposeAsync();
        _directory.Dispose();
    }

    private void Damage(string sql) => RawDatabase.Execute(Path.Combine(_directory.Path, "flip-edge.db"), sql);
}
