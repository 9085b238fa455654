using Flip.Edge.Simulator.Cloud;

namespace Flip.Edge.Cloud.Tests.Sites;

public sealed class ProgramsTests
{
    [Fact]
    public async Task The_programs_of_the_sites_zip_code_are_read_with_the_site_token()
    {
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(new() { ClientToken = Sample.Token }, Sample.Stop);
        cloud.Ledger.Seed("abc-789");
        using FlipClient client = Sample.Client(cloud.BaseUrl);

        Assert.Equal("Demo Program", Assert.Single(await ProgramsAsync(client, "88800")).Name);
        Assert.Empty(await ProgramsAsync(client, "10001"));
        Assert.Empty(await ProgramsAsync(client, null));
    }

    [Theory]
    [InlineData("8880 0&x", "?zip_code=8880%200%26x&device_type=BATTERY&skip=0&limit=100")]
    [InlineData(null, "?device_type=BATTERY&skip=0&limit=100")]
    public async Task The_question_is_encoded_and_leaves_out_what_is_not_known(string? zip, string query)
    {
        await using RawServer server = Serve(_ => []);
        using FlipClient client = Sample.Client(server.Url);

        await ProgramsAsync(client, zip);

        Assert.Equal($"GET /v1/site/abc-789/programs{query}", server.Lines[^1]);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(99, 1)]
    [InlineData(100, 2)]
    [InlineData(250, 3)]
    [InlineData(5000, 10)]
    public async Task Pages_are_read_until_one_is_short_and_ten_at_most(int programs, int pages)
    {
        await using RawServer server = Serve(skip => Enumerable.Range(skip, Math.Clamp(programs - skip, 0, 100)));
        using FlipClient client = Sample.Client(server.Url);

        IReadOnlyList<FlipProgram> read = await ProgramsAsync(client, "88800");

        Assert.Equal(Enumerable.Range(0, Math.Min(programs, 1000)).Select(id => $"{id}"), read.Select(program => program.Id));
        Assert.Equal(1 + pages, server.Lines.Length);
    }

    [Fact]
    public async Task A_server_that_gives_the_same_page_again_is_asked_twice_and_not_counted_twice()
    {
        await using RawServer server = Serve(_ => Enumerable.Range(0, 100));
        using FlipClient client = Sample.Client(server.Url);

        Assert.Equal(100, (await ProgramsAsync(client, "88800")).Count);
        Assert.Equal(3, server.Lines.Length);
    }

    [Fact]
    public async Task A_zip_code_that_a_server_quotes_back_is_hidden()
    {
        await using RawServer server = RawServer.Script(line =>
            line.StartsWith("POST", StringComparison.Ordinal) ? new(200, """{"site_access_token":"t"}""") : new(422, "no programs in 94107"));
        using FlipClient client = Sample.Client(server.Url);

        var why = Assert.IsType<CommissionOutcome.Invalid>(
            Assert.IsType<FlipAnswer<IReadOnlyList<FlipProgram>>.Failed>(await client.ProgramsAsync("abc-789", "94107", Sample.Stop)).Why);

        Assert.Equal("HTTP 422 (application/json): no programs in ***", why.Detail);
    }

    [Fact]
    public async Task A_site_that_is_not_there_has_no_programs_to_ask_for()
    {
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(new() { ClientToken = Sample.Token }, Sample.Stop);
        using FlipClient client = Sample.Client(cloud.BaseUrl);

        var why = Assert.IsType<FlipAnswer<IReadOnlyList<FlipProgram>>.Failed>(await client.ProgramsAsync("abc-789", "88800", Sample.Stop)).Why;

        Assert.Equal(new CommissionOutcome.NotFlip("HTTP 404: Flip has no such site", false), why);
    }

    private static async Task<IReadOnlyList<FlipProgram>> ProgramsAsync(FlipClient client, string? zip) =>
        Assert.IsType<FlipAnswer<IReadOnlyList<FlipProgram>>.Given>(await client.ProgramsAsync("abc-789", zip, Sample.Stop)).Value;

    private static RawServer Serve(Func<int, IEnumerable<int>> page) => RawServer.Script(line => line.StartsWith("POST", StringComparison.Ordinal)
        ? new(200, """{"site_access_token":"t"}""")
        : new(200, $"[{string.Join(',', page(int.Parse(line.Split("skip=")[1].Split('&')[0])).Select(id => $$"""{"id":"{{id}}"}"""))}]"));
}
