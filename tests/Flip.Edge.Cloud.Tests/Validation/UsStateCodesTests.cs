namespace Flip.Edge.Cloud.Tests.Validation;

public sealed class UsStateCodesTests
{
    private const string AsOnThePage =
        "AKALARAZCACOCTDEFLGAHIIAIDILINKSKYLAMAMDMEMIMNMOMSMTNCNDNENHNJNMNVNYOHOKORPAPRRISCSDTNTXUTVAVTWAWIWVWY";

    [Fact]
    public void The_codes_are_exactly_the_51_of_the_page()
    {
        Assert.Equal(AsOnThePage, string.Concat(UsStateCodes.All));
        Assert.Equal(51, UsStateCodes.All.Distinct().Count());
    }

    [Fact]
    public void Of_all_pairs_of_letters_the_validator_accepts_those_51()
    {
        IEnumerable<string> pairs = from a in Enumerable.Range('A', 26) from b in Enumerable.Range('A', 26) select $"{(char)a}{(char)b}";

        Assert.Equal(UsStateCodes.All.Order(StringComparer.Ordinal), pairs.Where(IsSound).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ca")]
    [InlineData("DC")]
    [InlineData("GU")]
    [InlineData("California")]
    [InlineData("CA ")]
    public void Others_are_refused(string code) => Assert.False(IsSound(code));

    private static bool IsSound(string code) =>
        CommissionRequestValidator.Validate(Sample.Request with { Site = Sample.Site with { StateCode = code } }, Sample.Now).Count == 0;
}
