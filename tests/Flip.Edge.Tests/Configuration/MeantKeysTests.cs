using Flip.Edge.Configuration;
using Microsoft.Extensions.Configuration;

namespace Flip.Edge.Tests.Configuration;

/// <summary>A newcomer's findings: Site:Zip was answered with "did you mean Site:Id?", and Mqtt:Hostname with a list that named Mqtt:Password.</summary>
public sealed class MeantKeysTests
{
    private static readonly string[] Forbidden = ["Password", "Headers", "ServiceAccountId", "Token", "ClientSecret"];

    [Theory]
    [InlineData("Site:Zip", "did you mean Site:ZipCode?")]
    [InlineData("Site:Name", "did you mean Site:LastName or Site:FirstName or Site:CompanyName?")]
    [InlineData("Site:Zipcod", "did you mean Site:ZipCode?")]
    [InlineData("Mqtt:Hostname", "did you mean Mqtt:Host?")]
    [InlineData("Mqtt:User", "did you mean Mqtt:Username?")]
    [InlineData("Mqtt:Prefix", "did you mean Mqtt:TopicPrefix?")]
    [InlineData("Mqtt:Prot", "did you mean Mqtt:Port?")]
    [InlineData("Mqtt:Pass", "did you mean Mqtt:PasswordFile?")]
    [InlineData("Flip:Url", "did you mean Flip:BaseUrl?")]
    [InlineData("Device", "did you mean Devices?")]
    [InlineData("Mqtt.Port", "; the parts of a key are joined by a colon: did you mean Mqtt:Port?")]
    [InlineData("mqtt__Tls", "did you mean Mqtt:Tls?")]
    [InlineData("Flip:OAuth.ClientId", "did you mean Flip:OAuth:ClientId?")]
    public void An_unknown_key_is_answered_with_the_one_that_it_is_a_part_of_or_a_slip_away_from(string written, string hint)
    {
        Assert.EndsWith(hint, Sentence(written), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mqtt:Quux")]
    [InlineData("Site:Quux")]
    [InlineData("Otlp:Quux")]
    [InlineData("Flip:Quux")]
    [InlineData("Flip:OAuth:Quux")]
    public void Where_none_is_like_it_all_are_named_that_may_be_used(string written)
    {
        string[] sentence = Sentence(written).Split("; known here: ");

        Assert.Equal(2, sentence.Length);
        Assert.Empty(sentence[1].Split(", ").Intersect(Forbidden));
    }

    [Theory]
    [InlineData("Mqtt:Password", "put the password into a file")]
    [InlineData("Site:ServiceAccountId", "is not sent; remove it")]
    public void A_forbidden_key_is_still_told_why(string written, string why)
    {
        Assert.Contains(why, Sentence(written), StringComparison.Ordinal);
    }

    private static string Sentence(string key)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, "7")]).Build();
        return Assert.Single(SettingsReader.Read(configuration, TimeZoneInfo.Utc).Errors, error => error.Key == key).Sentence;
    }
}
