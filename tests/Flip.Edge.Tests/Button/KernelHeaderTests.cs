using System.Diagnostics;
using System.Globalization;
using Flip.Edge.Button;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Button;

/// <summary>The numbers of the kernel's interfaces are those of its headers, as a C compiler sees them.</summary>
public sealed class KernelHeaderTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public void Numbers_of_calls_and_layouts_of_structures_are_the_headers()
    {
        Dictionary<string, ulong> ours = new(StringComparer.Ordinal)
        {
            ["GPIO_GET_CHIPINFO_IOCTL"] = GpioUapi.GetChipInfo,
            ["GPIO_V2_GET_LINEINFO_IOCTL"] = GpioUapi.GetLineInfo,
            ["GPIO_V2_GET_LINE_IOCTL"] = GpioUapi.GetLine,
            ["GPIO_V2_LINE_GET_VALUES_IOCTL"] = GpioUapi.GetValues,
            ["sizeof(struct gpiochip_info)"] = GpioUapi.ChipInfoSize,
            ["offsetof(struct gpiochip_info, label)"] = 32,
            ["offsetof(struct gpiochip_info, lines)"] = 64,
            ["sizeof(struct gpio_v2_line_info)"] = GpioUapi.LineInfoSize,
            ["offsetof(struct gpio_v2_line_info, consumer)"] = 32,
            ["offsetof(struct gpio_v2_line_info, offset)"] = 64,
            ["offsetof(struct gpio_v2_line_info, flags)"] = 72,
            ["sizeof(struct gpio_v2_line_request)"] = GpioUapi.LineRequestSize,
            ["offsetof(struct gpio_v2_line_request, consumer)"] = 256,
            ["offsetof(struct gpio_v2_line_request, config.flags)"] = 288,
            ["offsetof(struct gpio_v2_line_request, config.num_attrs)"] = 296,
            ["offsetof(struct gpio_v2_line_request, config.attrs[0].attr.id)"] = 320,
            ["offsetof(struct gpio_v2_line_request, config.attrs[0].attr.debounce_period_us)"] = 328,
            ["offsetof(struct gpio_v2_line_request, config.attrs[0].mask)"] = 336,
            ["offsetof(struct gpio_v2_line_request, num_lines)"] = 560,
            ["offsetof(struct gpio_v2_line_request, fd)"] = 588,
            ["sizeof(struct gpio_v2_line_values)"] = GpioUapi.LineValuesSize,
            ["offsetof(struct gpio_v2_line_values, mask)"] = 8,
            ["sizeof(struct gpio_v2_line_event)"] = GpioUapi.LineEventSize,
            ["offsetof(struct gpio_v2_line_event, id)"] = 8,
            ["GPIO_V2_LINE_ATTR_ID_DEBOUNCE"] = 3,
            ["GPIO_V2_LINE_EVENT_RISING_EDGE"] = GpioUapi.Rising,
            ["GPIO_V2_LINE_EVENT_FALLING_EDGE"] = GpioUapi.Falling,
            ["GPIO_V2_LINE_FLAG_USED"] = GpioUapi.FlagUsed,
            ["GPIO_V2_LINE_FLAG_ACTIVE_LOW"] = GpioUapi.FlagActiveLow,
            ["GPIO_V2_LINE_FLAG_INPUT"] = GpioUapi.FlagInput,
            ["GPIO_V2_LINE_FLAG_EDGE_RISING"] = GpioUapi.FlagRising,
            ["GPIO_V2_LINE_FLAG_EDGE_FALLING"] = GpioUapi.FlagFalling,
            ["GPIO_V2_LINE_FLAG_BIAS_PULL_UP"] = GpioUapi.FlagPullUp,
            ["GPIO_V2_LINE_FLAG_BIAS_PULL_DOWN"] = GpioUapi.FlagPullDown,
            ["GPIO_V2_LINE_FLAG_BIAS_DISABLED"] = GpioUapi.FlagNoBias,
            ["GPIO_MAX_NAME_SIZE"] = 32,
            ["EVIOCGVERSION"] = InputDevice.GetVersion,
            ["EVIOCGNAME(256)"] = InputDevice.GetName,
            ["EVIOCGBIT(EV_KEY, (KEY_MAX + 1) / 8)"] = InputDevice.GetKeys,
            ["EVIOCGKEY((KEY_MAX + 1) / 8)"] = InputDevice.GetPressedKeys,
            ["EVIOCSCLOCKID"] = InputDevice.SetClock,
            ["sizeof(struct input_event)"] = (ulong)InputEventDecoder.NativeTime + 8,
            ["offsetof(struct input_event, type)"] = (ulong)InputEventDecoder.NativeTime,
            ["KEY_MAX"] = KeyNames.Greatest,
            ["SYN_DROPPED"] = 3,
            ["F_GETPIPE_SZ"] = 1032,
            ["O_NONBLOCK"] = Libc.NonBlocking,
            ["O_CLOEXEC"] = Libc.CloseOnExec,
            ["O_NOCTTY"] = Libc.NoControllingTty,
            ["EFD_NONBLOCK"] = Libc.NonBlocking,
            ["EFD_CLOEXEC"] = Libc.CloseOnExec,
            ["CLOCK_MONOTONIC"] = 1,
        };

        Assert.Equal(ours.Select(number => (number.Key, number.Value)), ours.Keys.Zip(OfCompiler([.. ours.Keys])));
    }

    public void Dispose() => _directory.Dispose();

    private ulong[] OfCompiler(string[] expressions)
    {
        string[] headers = ["/usr/include/linux/gpio.h", "/usr/include/linux/input.h"];
        Assert.SkipUnless(File.Exists("/usr/bin/cc") && headers.All(File.Exists), "a C compiler or the kernel's headers are not there: apt-get install gcc linux-libc-dev");
        string source = _directory.Write("numbers.c", $$"""
            #define _GNU_SOURCE
            #include <fcntl.h>
            #include <linux/gpio.h>
            #include <linux/input.h>
            #include <stddef.h>
            #include <stdio.h>
            #include <sys/eventfd.h>
            #include <time.h>
            int main(void) { {{string.Join(' ', expressions.Select(expression => $"printf(\"%lu\\n\", (unsigned long)({expression}));"))}} return 0; }
            """);
        Run("/usr/bin/cc", source, "-o", _directory.File("numbers"));
        return [.. Run(_directory.File("numbers")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => ulong.Parse(line, CultureInfo.InvariantCulture))];
    }

    private static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
