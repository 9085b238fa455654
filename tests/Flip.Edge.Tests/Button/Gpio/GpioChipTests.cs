using Flip.Edge.Button;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Button;

public sealed class GpioChipTests : IDisposable
{
    private readonly TempDirectory _dev = new();

    // The first chip of a Raspberry Pi 4 is the fifth of a Pi 5: gpiozero#1007, Short-bus/pilomar#85.
    [Theory]
    [InlineData("pinctrl-rp1", "pinctrl-rp1 (gpiochip4)")]
    [InlineData("gpiochip4", "pinctrl-rp1 (gpiochip4)")]
    [InlineData("gpiochip0", "gpio-brcmstb (gpiochip0)")]
    [InlineData("gpiochip9", "gpiochip9 (gpiochip7)")]
    [InlineData("pinctrl-bcm2711", "")]
    public void Pitfall_51_a_chip_is_found_by_its_label_first_and_by_its_name_else(string wanted, string chosen)
    {
        GpioChip[] chips =
        [
            GpioUapiTests.Chip("gpiochip0", "gpio-brcmstb"), GpioUapiTests.Chip("gpiochip4", "pinctrl-rp1"),
            GpioUapiTests.Chip("gpiochip7", "gpiochip9"), GpioUapiTests.Chip("gpiochip9", "pcf8574"),
        ];

        Assert.Equal(chosen, string.Join(", ", GpioChip.Choose(chips, wanted).AsEnumerable()));
    }

    [Fact]
    public void Two_chips_with_one_label_are_not_guessed_between()
    {
        Assert.Equal(2, GpioChip.Choose([GpioUapiTests.Chip("gpiochip1", "pcf8574"), GpioUapiTests.Chip("gpiochip2", "pcf8574")], "pcf8574").Length);
    }

    [Fact]
    public void Without_a_chip_the_sentence_says_so_and_names_the_tool_that_shows_them()
    {
        Assert.Equal(
            $"there is no GPIO chip \"pinctrl-rp1\": {_dev.Path} has none that can be used. Name its label or its name in Button:Gpio:Chip; gpiodetect shows them",
            Refusal());
    }

    [Fact]
    public void A_file_that_is_no_chip_is_told_by_what_the_kernel_says_to_the_question()
    {
        _dev.Write("gpiochip0", "this is an ordinary file: ENOTTY");

        Assert.Contains($"{_dev.File("gpiochip0")} is no GPIO chip", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_chip_of_another_group_is_named_with_the_group_that_is_needed()
    {
        _dev.Write("gpiochip0", "", UnixFileMode.None);
        File.SetUnixFileMode(_dev.Path, (UnixFileMode)Convert.ToInt32("755", 8));
        string refusal;
        using (new AnotherUser()) refusal = Refusal();

        Assert.Contains($"permission denied for {_dev.File("gpiochip0")}: the service's user has to be in the group that owns it, gpio as a rule", refusal, StringComparison.Ordinal);
    }

    public void Dispose() => _dev.Dispose();

    private string Refusal() => Assert.Throws<ButtonUnavailableException>(
        () => GpioButtonSource.Open(_dev.Path, new("pinctrl-rp1", "17", true, LineBias.PullUp), TimeSpan.FromMilliseconds(20))).Message;
}
