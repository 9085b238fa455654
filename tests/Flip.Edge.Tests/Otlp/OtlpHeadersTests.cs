using Flip.Edge.Configuration;
using Flip.Edge.Otlp;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Otlp;

public sealed class OtlpHeadersTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task Several_headers_stand_on_lines_of_their_own_and_systemds_credential_stands_in_for_a_file()
    {
        _directory.Write(OtlpSettings.Credential, "Authorization: Bearer a:b\n\n X-Scope : fleet \n");
        using HttpRequestMessage request = new();

        Assert.Null(await new OtlpHeaders(null, _directory.Path).AddToAsync(request.Headers, TestContext.Current.CancellationToken));

        Assert.Equal("Bearer a:b", request.Headers.GetValues("Authorization").Single());
        Assert.Equal("fleet", request.Headers.GetValues("X-Scope").Single());
    }

    [Fact]
    public async Task Without_a_file_and_without_a_credential_there_are_none()
    {
        using HttpRequestMessage request = new();

        Assert.Null(await new OtlpHeaders(null, _directory.Path).AddToAsync(request.Headers, TestContext.Current.CancellationToken));
        Assert.Null(await new OtlpHeaders(null, null).AddToAsync(request.Headers, TestContext.Current.CancellationToken));

        Assert.Empty(request.Headers);
    }

    [Theory]
    [InlineData("Authorization: Bearer geheim\ngeheim", "line 2")]
    [InlineData(": geheim", "line 1")]
    [InlineData("Bad Name: geheim", "line 1")]
    [InlineData("Content-Type: geheim", "line 1")]
    public async Task What_is_no_header_is_named_by_its_line_and_not_quoted(string text, string place)
    {
        OtlpSettings settings = OtlpSettings.None with { Endpoint = new("https://collector.example"), HeadersFile = _directory.Write("headers", text) };

        ConfigurationError error = Assert.Single(await OtlpHeaders.CheckAsync(settings, [], TestContext.Current.CancellationToken));

        Assert.Equal("Otlp:HeadersFile", error.Key);
        Assert.Contains(place, error.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", error.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_systemds_copy_is_told_of_the_file_that_it_was_copied_from()
    {
        _directory.Write(OtlpSettings.Credential, "geheim");
        using HttpRequestMessage request = new();

        Assert.Equal(
            "The file of OTLP headers /etc/flip-edge/flip-otlp-headers holds something else in line 1: Name: value is expected. Then systemctl restart flip-edge: the service has the copy that systemd made at its start.",
            await new OtlpHeaders(null, _directory.Path).AddToAsync(request.Headers, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_check_of_the_configuration_names_a_file_that_is_missing_and_looks_at_none_that_is_not_used()
    {
        OtlpSettings unused = OtlpSettings.None with { HeadersFile = _directory.File("missing") };

        Assert.Empty(await OtlpHeaders.CheckAsync(unused, [], TestContext.Current.CancellationToken));
        ConfigurationError error = Assert.Single(await OtlpHeaders.CheckAsync(unused with { Endpoint = new("https://collector.example") }, [], TestContext.Current.CancellationToken));
        Assert.Contains("does not exist", error.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_is_told_in_the_same_round_as_a_wrong_endpoint()
    {
        OtlpSettings settings = OtlpSettings.None with { HeadersFile = _directory.File("missing") };

        Assert.Equal("Otlp:HeadersFile", Assert.Single(await OtlpHeaders.CheckAsync(settings, [new("Otlp:Endpoint", "is wrong")], TestContext.Current.CancellationToken)).Key);
    }

    public void Dispose() => _directory.Dispose();
}
