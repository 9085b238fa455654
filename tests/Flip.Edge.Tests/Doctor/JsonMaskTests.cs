using Flip.Edge.Doctor;

namespace Flip.Edge.Tests.Doctor;

public sealed class JsonMaskTests
{
    [Theory]
    [InlineData("""{"unit":1,"count":2,"words":["unit"]}""", "unit", """{"unit":1,"count":2,"words":["***"]}""")]
    [InlineData("""{"format":"flip-edge-walk/1"}""", "flip-edge", """{"format":"flip-edge-walk/1"}""")]
    [InlineData("""{"category":"Flip.Edge.Mqtt","message":"Flip calls"}""", "Flip", """{"category":"Flip.Edge.Mqtt","message":"*** calls"}""")]
    [InlineData("""{"model":{"state":"present","value":"Model 1"},"reason":"in Model"}""", "Model", """{"model":{"state":"present","value":"Model 1"},"reason":"in ***"}""")]
    [InlineData("""{"a":["Ada",{"unit":1},"Ada"],"unit":"Ada","b":"Ada"}""", "Ada", """{"a":["***",{"unit":1},"***"],"unit":"Ada","b":"***"}""")]
    [InlineData("""{"endpoint":"tcp://h?unit=1","Devices:0:Endpoint":"tcp://h?unit=1","x:y":"a unit"}""", "unit", """{"endpoint":"tcp://h?unit=1","Devices:0:Endpoint":"tcp://h?unit=1","x:y":"a ***"}""")]
    [InlineData("""{"n":12345678,"t":true,"z":null}""", "12345678", """{"n":12345678,"t":true,"z":null}""")]
    [InlineData("""{ "name" : "\"Jos\u00e9\"\n" , "x":"\u00e9" }""", "José", """{ "name" : "\"***\"\n" , "x":"\u00e9" }""")]
    public void A_word_is_masked_in_texts_and_never_in_keys_numbers_or_our_own_words(string json, string word, string masked)
    {
        SecretMask mask = new();
        mask.AddWord(word);

        Assert.Equal(masked, mask.ApplyToJson(json));
    }

    [Fact]
    public void A_secret_is_masked_wherever_it_stands()
    {
        SecretMask mask = new();
        mask.Add("tok-0123456789");

        Assert.Equal("""{"***":1,"category":"***","x":"a***"}""", mask.ApplyToJson("""{"tok-0123456789":1,"category":"tok\u002d0123456789","x":"atok-0123456789"}"""));
        Assert.Equal("of ***", mask.ApplyToOwnText("of tok-0123456789"));
    }

    [Fact]
    public void A_word_that_is_a_part_of_a_secret_or_holds_one_leaves_nothing_of_it()
    {
        SecretMask mask = new();
        mask.Add("tok/Ada/0123456789");
        mask.Add("Main");
        mask.AddWord("Ada");
        mask.AddWord("123 Main St");

        Assert.Equal("""{"x":"*** at ***"}""", mask.ApplyToJson("""{"x":"tok/Ada/0123456789 at 123 Main St"}"""));
    }

    [Theory]
    [InlineData("Ada: ***", "Ada: Ada")]
    [InlineData("""{"Ada":"***""", """{"Ada":"Ada""")]
    [InlineData("""{"Ada":"\ud800 ***"}""", """{"Ada":"\ud800 Ada"}""")]
    public void What_is_no_JSON_is_masked_as_any_text(string masked, string text)
    {
        SecretMask mask = new();
        mask.AddWord("Ada");

        Assert.Equal(masked.Replace("Ada", "***", StringComparison.Ordinal), mask.ApplyToJson(text));
    }

    [Fact]
    public void A_text_of_our_own_keeps_its_words()
    {
        SecretMask mask = new();
        mask.AddWord("doctor");

        Assert.Equal("flip-edge doctor 1.0", mask.ApplyToOwnText("flip-edge doctor 1.0"));
        Assert.Equal("flip-edge *** 1.0", mask.Apply("flip-edge doctor 1.0"));
    }
}
