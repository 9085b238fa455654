using System.Device.Gpio;
using System.Text;
using Flip.Edge.Button;
using Microsoft.Win32.SafeHandles;

namespace Flip.Edge.Tests.Button;

/// <summary>The structures byte by byte; their offsets are held against the kernel's header by <see cref="KernelHeaderTests"/>.</summary>
public sealed class GpioUapiTests
{
    [Fact]
    public void A_line_is_asked_for_with_its_flags_its_debounce_and_our_name()
    {
        byte[] request = GpioUapi.LineRequest(17, GpioUapi.FlagInput | GpioUapi.FlagActiveLow, TimeSpan.FromMilliseconds(20), "flip-edge");

        Assert.Equal(592, request.Length);
        Assert.Equal(17u, BitConverter.ToUInt32(request, 0));
        Assert.Equal("flip-edge\0", Encoding.ASCII.GetString(request, 256, 10));
        Assert.Equal(6ul, BitConverter.ToUInt64(request, 288));
        Assert.Equal(1u, BitConverter.ToUInt32(request, 296)); // one attribute:
        Assert.Equal(3u, BitConverter.ToUInt32(request, 320)); // the debounce,
        Assert.Equal(20_000u, BitConverter.ToUInt32(request, 328)); // in microseconds,
        Assert.Equal(1ul, BitConverter.ToUInt64(request, 336)); // of the first line
        Assert.Equal(1u, BitConverter.ToUInt32(request, 560));
        // The kernel refuses a request whose padding is not zero.
        Assert.All(request[564..], octet => Assert.Equal(0, octet));
    }

    [Fact]
    public void Without_a_debounce_there_is_no_attribute()
    {
        byte[] request = GpioUapi.LineRequest(3, GpioUapi.FlagInput, TimeSpan.Zero, "flip-edge");

        Assert.All(request[296..560], octet => Assert.Equal(0, octet));
    }

    [Theory]
    [InlineData(PinMode.Input, true, false, 4 + 16 + 32 + 2)]
    [InlineData(PinMode.Input, false, true, 4 + 16 + 32 + 1024)]
    [InlineData(PinMode.InputPullUp, true, false, 4 + 16 + 32 + 2 + 256)]
    [InlineData(PinMode.InputPullDown, false, false, 4 + 16 + 32 + 512)]
    public void A_line_is_an_input_with_both_edges_its_polarity_and_its_bias(PinMode mode, bool isActiveLow, bool isBiasDisabled, ulong flags)
    {
        using KernelGpioDriver driver = new(Chip("gpiochip0", "pinctrl-bcm2711"), isActiveLow, isBiasDisabled, TimeSpan.Zero);

        Assert.Equal(flags, driver.Flags(mode));
    }

    [Fact]
    public void An_edge_has_the_kernels_time()
    {
        byte[] bytes = new byte[GpioUapi.LineEventSize];
        BitConverter.TryWriteBytes(bytes, 12_345_678_900ul);
        bytes[8] = 1;
        Assert.Equal((TimeSpan.FromTicks(123_456_789), true), GpioUapi.Event(bytes));

        bytes[8] = 2;
        Assert.False(GpioUapi.Event(bytes).IsRising);
    }

    [Fact]
    public void A_line_tells_its_name_and_who_has_it()
    {
        byte[] info = GpioUapi.LineInfoOf(17);
        Assert.Equal(17, BitConverter.ToInt32(info, 64));
        "GPIO17"u8.CopyTo(info);
        Assert.Equal(("GPIO17", null), GpioUapi.LineInfo(info));

        "spi0 CS0"u8.CopyTo(info.AsSpan(32));
        info[72] = 1;
        Assert.Equal(("GPIO17", "spi0 CS0"), GpioUapi.LineInfo(info));
    }

    [Fact]
    public void A_chip_tells_its_name_label_and_lines()
    {
        byte[] info = new byte[GpioUapi.ChipInfoSize];
        "gpiochip4"u8.CopyTo(info);
        "pinctrl-rp1"u8.CopyTo(info.AsSpan(32));
        info[64] = 54;

        Assert.Equal(("gpiochip4", "pinctrl-rp1", 54), GpioUapi.ChipInfo(info));
    }

    internal static GpioChip Chip(string name, string label) => new(new(new SafeFileHandle(-1, ownsHandle: false)), name, label, 54);
}
