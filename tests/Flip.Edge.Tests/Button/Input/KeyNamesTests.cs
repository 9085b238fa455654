using System.Globalization;
using Flip.Edge.Button;

namespace Flip.Edge.Tests.Button;

public sealed class KeyNamesTests
{
    private const string Header = "/usr/include/linux/input-event-codes.h";

    [Theory]
    [InlineData("KEY_ENTER", 28)]
    [InlineData("key_prog1", 148)]
    [InlineData("KEY_RESTART", 0x198)]
    [InlineData("KEY_WPS_BUTTON", 0x211)]
    [InlineData("BTN_0", 0x100)]
    [InlineData("148", 148)]
    [InlineData("0x100", 0x100)]
    [InlineData("767", 767)]
    public void A_key_is_known_by_its_name_or_its_number(string text, int code) => Assert.Equal((ushort?)code, KeyNames.Parse(text));

    [Theory]
    [InlineData("KEY_COMMISSION")]
    [InlineData("ENTER")]
    [InlineData("0")]
    [InlineData("768")]
    [InlineData("-1")]
    [InlineData("0x")]
    public void Anything_else_is_none(string text) => Assert.Null(KeyNames.Parse(text));

    [Theory]
    [InlineData(148, "KEY_PROG1")]
    [InlineData(0x100, "BTN_0")]
    [InlineData(0x110, "BTN_LEFT")]
    [InlineData(84, "key 84")]
    public void A_code_is_told_by_its_own_name(ushort code, string name) => Assert.Equal(name, KeyNames.Of(code));

    [Fact]
    public void The_names_are_those_of_the_kernels_header()
    {
        Assert.SkipUnless(File.Exists(Header), $"{Header} is not there: apt-get install linux-libc-dev");
        Dictionary<string, int> header = new(StringComparer.Ordinal);
        foreach (string line in File.ReadLines(Header))
        {
            string[] words = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words is not ["#define", var name, var value, ..] || !(name.StartsWith("KEY_", StringComparison.Ordinal) || name.StartsWith("BTN_", StringComparison.Ordinal))) continue;
            if (Number(value, header) is { } number) header[name] = number;
        }

        // A newer header has more of them.
        Assert.All(KeyNames.All(), key => Assert.Equal(header[key.Name], key.Code));
        Assert.True(KeyNames.All().Count() > 600);
    }

    private static int? Number(string text, Dictionary<string, int> names) =>
        text.StartsWith("0x", StringComparison.Ordinal) && int.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int hexadecimal) ? hexadecimal
        : int.TryParse(text, CultureInfo.InvariantCulture, out int number) ? number
        : names.TryGetValue(text, out int other) ? other : null;
}
