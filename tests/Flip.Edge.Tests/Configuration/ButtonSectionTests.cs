using Flip.Edge.Button;
using Flip.Edge.Configuration;
using Flip.Edge.Leds;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Flip.Edge.Tests.Configuration;

public sealed class ButtonSectionTests
{
    [Fact]
    public void Nothing_configured_is_no_button_and_no_LED()
    {
        Assert.Null(Read<ButtonSettings?>(ButtonSection.Read));
        Assert.Null(Read<ButtonSettings?>(ButtonSection.Read, "Debounce=00:00:00.05"));
        Assert.Null(Read<LedSettings?>(LedSection.Read));
    }

    [Fact]
    public void What_is_not_said_has_its_default()
    {
        ButtonSettings? settings = Read<ButtonSettings?>(ButtonSection.Read, "Input:Device=/dev/input/event0", "Gpio:Chip=pinctrl-rp1", "Gpio:Line=GPIO17");

        Assert.Equal(
            new(new("/dev/input/event0", 148), new("pinctrl-rp1", "GPIO17", true, LineBias.AsIs), TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(3)), settings);
    }

    [Fact]
    public void Everything_can_be_said()
    {
        ButtonSettings? settings = Read<ButtonSettings?>(
            ButtonSection.Read, "Input:Device=/dev/input/event0", "Input:Key=KEY_ENTER", "Gpio:Chip=gpiochip0", "Gpio:Line=17", "Gpio:ActiveLow=false", "Gpio:Bias=pull_down",
            "Debounce=00:00:00.005", "LongPress=00:00:05");

        Assert.Equal(new(new("/dev/input/event0", 28), new("gpiochip0", "17", false, LineBias.PullDown), TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(5)), settings);
        Assert.Equal(new LedSettings("green:status"), Read<LedSettings?>(LedSection.Read, "Name=green:status"));
    }

    [Theory]
    [InlineData("Input:Key=KEY_ENTER", "X:Input:Device", "is missing: the input device that has the key")]
    [InlineData("Input:Device=event0", "X:Input:Device", "is \"event0\", and has to be an absolute path")]
    [InlineData("Input:Device=/dev/input/event0 Input:Key=ENTER", "X:Input:Key", "is \"ENTER\", and has to be a name of linux/input-event-codes.h")]
    [InlineData("Gpio:Line=17", "X:Gpio:Chip", "is missing: the label of the GPIO chip")]
    [InlineData("Gpio:Chip=pinctrl-rp1", "X:Gpio:Line", "is missing: the name of the line")]
    [InlineData("Gpio:Chip=a Gpio:Line=1 Gpio:Bias=up", "X:Gpio:Bias", "is \"up\", and has to be as_is or pull_up or pull_down or disabled")]
    [InlineData("Debounce=00:00:01", "X:Debounce", "has to be a duration hh:mm:ss from 00:00:00 to 00:00:00.25")]
    [InlineData("LongPress=00:00:00.1", "X:LongPress", "has to be a duration hh:mm:ss from 00:00:00.5 to 00:00:30")]
    [InlineData("Longpres=00:00:03", "X:Longpres", "did you mean X:LongPress?")]
    public void A_wrong_value_is_named_with_what_is_expected(string settings, string key, string sentence)
    {
        List<ConfigurationError> errors = Errors(ButtonSection.Read, settings.Split(' '));

        Assert.Equal(key, Assert.Single(errors).Key);
        Assert.Contains(sentence, errors[0].Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../etc")]
    [InlineData("..")]
    public void The_name_of_a_LED_is_a_name_alone(string name)
    {
        Assert.Contains("has to be a name alone", Assert.Single(Errors(LedSection.Read, $"Name={name}")).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reload_says_that_another_button_and_another_LED_need_a_restart()
    {
        EdgeSettings running = Settings.For("/tmp") with { Button = new(new("/dev/input/event0", 148), null, TimeSpan.Zero, TimeSpan.FromSeconds(3)) };
        CurrentSettings settings = new(running);
        Assert.Empty(settings.Replace(running with { Button = running.Button! with { } }));

        Assert.Equal(["Button", "Led"], settings.Replace(running with { Button = null, Led = new("green:status") }));
        Assert.Equal(running.Button, settings.Now.Button);
    }

    private static List<ConfigurationError> Errors<T>(Func<SectionReader, T> read, params string[] settings)
    {
        List<ConfigurationError> errors = [];
        read(new(Build(settings), "X", errors));
        return errors;
    }

    private static T Read<T>(Func<SectionReader, T> read, params string[] settings)
    {
        List<ConfigurationError> errors = [];
        T result = read(new(Build(settings), "X", errors));
        Assert.Empty(errors);
        return result;
    }

    private static IConfiguration Build(string[] settings) => new ConfigurationBuilder().AddInMemoryCollection(
        settings.Select(setting => setting.Split('=', 2)).Select(pair => new KeyValuePair<string, string?>(pair[0], pair[1]))).Build();
}
