using Flip.Edge.Button;
using Flip.Edge.Configuration;
using Flip.Edge.Leds;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Configuration;

/// <summary>A newcomer's findings: config check called a LED, a GPIO chip and an input device good that this machine has not.</summary>
public sealed class MachineWarningsTests : IDisposable
{
    private readonly TempDirectory _machine = new();

    [Fact]
    public void A_led_that_is_not_there_is_warned_of_with_those_that_are()
    {
        Directory.CreateDirectory(_machine.File("green:status"));

        Assert.Equal($"there is no LED \"red:status\" (Led:Name); {_machine.Path} has green:status", Warning(new LedSettings("red:status")));
    }

    [Fact]
    public void A_led_that_is_there_is_not_warned_of_whatever_this_user_may_read_of_it()
    {
        Directory.CreateDirectory(_machine.File("green:status"));
        Assert.Null(Warning(new LedSettings("green:status")));

        _machine.Write("green:status/trigger", "[none]");
        _machine.Write("green:status/max_brightness", "1");
        Assert.Null(Warning(new LedSettings("green:status")));
    }

    [Fact]
    public void A_chip_that_is_not_there_is_warned_of_in_the_daemons_words()
    {
        _machine.Write("gpiochip0", "an ordinary file");

        string warning = Warning(new GpioButtonSettings("pinctrl-rp1", "17", true, LineBias.AsIs))!;

        Assert.StartsWith("there is no GPIO chip \"pinctrl-rp1\"", warning, StringComparison.Ordinal);
        Assert.EndsWith("in Button:Gpio:Chip; gpiodetect shows them", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chip_that_this_user_may_not_open_may_be_the_right_one()
    {
        _machine.Write("gpiochip0", "", UnixFileMode.None);
        File.SetUnixFileMode(_machine.Path, (UnixFileMode)Convert.ToInt32("755", 8));
        using (new AnotherUser()) Assert.Null(Warning(new GpioButtonSettings("pinctrl-rp1", "17", true, LineBias.AsIs)));
    }

    [Fact]
    public void An_ordinary_file_as_the_input_device_is_warned_of_and_a_fifo_or_none_at_all_is_not()
    {
        _machine.Write("file", "an ordinary file");
        Fifo.At(_machine.File("fifo"));

        Assert.StartsWith($"{_machine.File("file")} is no input device and no FIFO: name a device", Warning("file"), StringComparison.Ordinal);
        Assert.Null(Warning("fifo"));
        Assert.Null(Warning("unplugged"));

        string? Warning(string name) => Warnings(new(new(_machine.File(name), 148), null, TimeSpan.Zero, TimeSpan.FromSeconds(3)), null);
    }

    public void Dispose() => _machine.Dispose();

    private string? Warning(LedSettings led) => Warnings(null, led);

    private string? Warning(GpioButtonSettings gpio) => Warnings(new(null, gpio, TimeSpan.Zero, TimeSpan.FromSeconds(3)), null);

    private string? Warnings(ButtonSettings? button, LedSettings? led) =>
        ConfigurationWarnings.Of(Settings.For(_machine.Path) with { Button = button, Led = led }, [], new(_machine.Path, _machine.Path)).SingleOrDefault();
}
