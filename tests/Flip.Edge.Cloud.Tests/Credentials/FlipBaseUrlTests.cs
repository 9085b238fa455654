namespace Flip.Edge.Cloud.Tests.Credentials;

public sealed class FlipBaseUrlTests
{
    [Theory]
    [InlineData("https://api.flip.energy", "https://api.flip.energy/v1/commission")]
    [InlineData("https://api.flip.energy/", "https://api.flip.energy/v1/commission")]
    [InlineData("https://host.example:8443/prefix", "https://host.example:8443/prefix/v1/commission")]
    [InlineData("https://host.example/m1/479670-0-default/", "https://host.example/m1/479670-0-default/v1/commission")]
    [InlineData("http://localhost:5000", "http://localhost:5000/v1/commission")]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5000/v1/commission")]
    [InlineData("http://127.255.0.9", "http://127.255.0.9/v1/commission")]
    [InlineData("http://[::1]:5000/x", "http://[::1]:5000/x/v1/commission")]
    public void A_sound_url_keeps_its_prefix(string text, string commission)
    {
        Assert.True(FlipBaseUrl.TryParse(text, out Uri? url, out _));
        Assert.Equal(commission, FlipBaseUrl.Combine(url, "/v1/commission").AbsoluteUri);
    }

    [Theory]
    [InlineData("http://api.flip.energy", "in the clear")]
    [InlineData("http://192.168.1.5", "in the clear")]
    [InlineData("http://localhost.example.com", "in the clear")]
    [InlineData("http://127.0.0.1.example.com", "in the clear")]
    [InlineData("http://[::2]", "in the clear")]
    [InlineData("ftp://api.flip.energy", "the scheme is ftp")]
    [InlineData("api.flip.energy", "no URL")]
    [InlineData("", "no URL")]
    [InlineData(null, "no URL")]
    [InlineData("https://api.flip.energy?x=1", "query")]
    [InlineData("https://api.flip.energy#x", "fragment")]
    public void Others_are_refused_with_a_reason(string? text, string reason)
    {
        Assert.False(FlipBaseUrl.TryParse(text, out Uri? url, out string? error));
        Assert.Null(url);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Contains("expected https://HOST", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_in_the_url_is_refused_and_not_quoted()
    {
        Assert.False(FlipBaseUrl.TryParse("https://me:hunter2@api.flip.energy", out _, out string? error));
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_is_not_made_for_a_url_that_is_refused() =>
        Assert.Throws<ArgumentException>(() => Sample.Client(new("http://api.flip.energy")));
}
