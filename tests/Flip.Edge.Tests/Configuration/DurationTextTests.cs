using System.Globalization;
using Flip.Edge.Configuration;

namespace Flip.Edge.Tests.Configuration;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("00:00:00", "00:00:00")]
    [InlineData("00:00:00.5000000", "00:00:00.5")]
    [InlineData("00:00:00.0200000", "00:00:00.02")]
    [InlineData("00:10:00", "00:10:00")]
    [InlineData("1.00:00:00", "1.00:00:00 (1 day)")]
    [InlineData("7.00:00:00", "7.00:00:00 (7 days)")]
    [InlineData("1.12:00:00", "1.12:00:00 (days first)")]
    public void A_duration_is_told_as_it_is_typed_and_without_digits_that_say_nothing(string duration, string expected)
    {
        string told = DurationText.Of(TimeSpan.ParseExact(duration, "c", CultureInfo.InvariantCulture));

        Assert.Equal(expected, told);
        Assert.Equal(TimeSpan.Parse(duration, CultureInfo.InvariantCulture), TimeSpan.ParseExact(told.Split(' ')[0], "c", CultureInfo.InvariantCulture));
    }
}
