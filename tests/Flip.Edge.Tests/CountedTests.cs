namespace Flip.Edge.Tests;

public sealed class CountedTests
{
    [Theory]
    [InlineData(0, "0 devices")]
    [InlineData(1, "1 device")]
    [InlineData(2, "2 devices")]
    [InlineData(1000, "1000 devices")]
    public void One_is_told_apart_from_several(int count, string expected) => Assert.Equal(expected, Counted.Of(count, "device"));

    [Fact]
    public void What_is_no_plural_in_s_is_named() =>
        Assert.Equal(("1 line was", "3 lines were"), (Counted.Of(1, "line was", "lines were"), Counted.Of(3, "line was", "lines were")));
}
