using Flip.Edge.Configuration;
using Flip.Edge.Otlp;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Configuration;

public sealed class ObservabilitySectionTests : IDisposable
{
    private const string Good = """
        { "Gateway": { "Id": "gw-0001" }, "Site": { "Id": "abc-789" }, "Devices": [ { "Id": "xyz-123", "Endpoint": "tcp://192.168.1.50" } ] }
        """;

    private readonly TempDirectory _directory = new();

    [Fact]
    public void Nothing_is_sent_and_information_is_logged_where_nothing_is_configured()
    {
        EdgeSettings settings = Load().Settings!;

        Assert.Equal(OtlpSettings.None, settings.Otlp);
        Assert.Equal(LogThreshold.Information, settings.Logging.Level);
        Assert.Empty(settings.Logging.Categories);
    }

    [Fact]
    public void Levels_are_read_for_all_and_for_categories()
    {
        LoggingSettings logging = Load("Logging:Level=Warning", "Logging:Categories:Flip.Edge.Monitoring=debug").Settings!.Logging;

        Assert.Equal(LogThreshold.Warning, logging.Level);
        Assert.Equal([new("Flip.Edge.Monitoring", LogThreshold.Debug)], logging.Categories);
    }

    [Fact]
    public void A_collector_is_read_with_all_that_belongs_to_it()
    {
        OtlpSettings otlp = Load("Otlp:Endpoint=https://collector.example/otlp", "Otlp:HeadersFile=/h", "Otlp:Interval=00:05:00", "Otlp:Logs=false").Settings!.Otlp;

        Assert.Equal(new(new("https://collector.example/otlp"), "/h", TimeSpan.FromMinutes(5), false), otlp);
    }

    [Theory]
    [InlineData("Logging:Level=loud", "Logging:Level", "trace or debug or information or warning or error")]
    [InlineData("Logging:Level=none", "Logging:Level", "trace or debug")]
    [InlineData("Logging:Categories:X=loud", "Logging:Categories:X", "trace or debug")]
    [InlineData("Otlp:Endpoint=collector", "Otlp:Endpoint", "http://127.0.0.1:4318")]
    [InlineData("Otlp:Endpoint=http://collector.example:4318", "Otlp:Endpoint", "loopback")]
    [InlineData("Otlp:Endpoint=https://u:geheim@collector.example", "Otlp:Endpoint", "user name")]
    [InlineData("Otlp:Endpoint=https://collector.example/v1/metrics", "Otlp:Endpoint", "to which /v1/metrics is added by itself: write https://collector.example")]
    [InlineData("Otlp:Endpoint=https://collector.example:4318/otlp/v1/logs/", "Otlp:Endpoint", "write https://collector.example:4318/otlp")]
    [InlineData("Otlp:Endpoint=http://127.0.0.1:4318/v1/traces", "Otlp:Endpoint", "write http://127.0.0.1:4318")]
    [InlineData("Otlp:HeadersFile=Authorization: geheim", "Otlp:HeadersFile", "is no absolute path")]
    [InlineData("Otlp:Headers=Authorization: geheim", "Otlp:Headers", "does not belong into the configuration")]
    [InlineData("Otlp:Interval=00:00:01", "Otlp:Interval", "00:00:05")]
    public void A_wrong_value_is_named_with_what_is_expected_and_no_secret(string set, string key, string expected)
    {
        ConfigurationError error = Assert.Single(Load(set).Errors);

        Assert.Equal(key, error.Key);
        Assert.Contains(expected, error.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", error.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_in_place_of_its_file_is_one_error_and_is_not_looked_for_as_a_file()
    {
        SettingsResult result = Load("Otlp:Endpoint=https://collector.example", "Otlp:HeadersFile=Authorization: Bearer geheim");

        Assert.Equal("Otlp:HeadersFile", Assert.Single(result.Errors).Key);
        Assert.Empty(await OtlpHeaders.CheckAsync(result.Otlp, result.Errors, TestContext.Current.CancellationToken));
    }

    private SettingsResult Load(params string[] set) => ConfigurationFiles.Load(_directory.Write("c.json", Good), set, TimeZoneInfo.Utc);

    public void Dispose() => _directory.Dispose();
}
