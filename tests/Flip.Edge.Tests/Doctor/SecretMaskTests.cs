using Flip.Edge.Doctor;

namespace Flip.Edge.Tests.Doctor;

public sealed class SecretMaskTests
{
    [Theory]
    [InlineData("John", "by John.", "by ***.")]
    [InlineData("John", "Johnson and john", "Johnson and john")]
    [InlineData("Max", "max_charge_w of Max", "max_charge_w of ***")]
    [InlineData("tok-0123456789", "xtok-0123456789y", "x***y")]
    [InlineData("12345678", "n=12345678", "n=***")]
    [InlineData("O'Brien", """{"name":"O\u0027Brien"}""", """{"name":"***"}""")]
    [InlineData("José", """{"name":"Jos\u00E9"}""", """{"name":"***"}""")]
    [InlineData("José", """{"log":"GET \/sites?name=Jos%c3%a9&zip=1"}""", """{"log":"GET \/sites?name=***&zip=1"}""")]
    [InlineData("123 Main St", "street=123+Main%20St", "street=***")]
    [InlineData("tok/01+23=45", "Bearer tok%2F01%2B23%3D45", "Bearer ***")]
    [InlineData("John", "%20John%20Johnson", "%20***%20Johnson")]
    public void A_value_is_replaced_where_it_is_a_word_and_a_long_one_everywhere(string value, string text, string masked)
    {
        SecretMask mask = new();
        mask.Add(value);

        Assert.Equal(masked, mask.Apply(text));
    }

    [Theory]
    [InlineData("Al")]
    [InlineData("88800")]
    [InlineData(" ")]
    [InlineData(null)]
    public void What_would_be_found_in_everything_is_not_taken_up(string? value)
    {
        SecretMask mask = new();
        mask.Add(value);

        Assert.Equal("Al has 88800 Wh", mask.Apply("Al has 88800 Wh"));
    }

    [Fact]
    public void Of_two_values_of_which_one_holds_the_other_nothing_is_left()
    {
        SecretMask mask = new();
        mask.Add("Main");
        mask.Add("123 Main St");

        Assert.Equal("at ***", mask.Apply("at 123 Main St"));
    }
}
