using System.Device.Gpio;

namespace Flip.Edge.Button;

/// <summary>A line whose driver is ready.</summary>
/// <param name="Driver">The driver; disposed with its controller.</param>
/// <param name="Number">Number of the line.</param>
/// <param name="What">The line in words.</param>
/// <param name="Lost">Asked once it is listened to: completes with an error of errno(3) when the line goes away.</param>
internal sealed record GpioLine(GpioDriver Driver, int Number, string What, Func<Task<int>> Lost);

/// <summary>A GPIO line as a button, without polling: the kernel debounces it and tells of its edges.</summary>
/// <param name="settings">Which.</param>
/// <param name="open">Finds the line and its driver.</param>
internal sealed class GpioButtonSource(GpioButtonSettings settings, Func<GpioLine> open) : IButtonSource
{
    public string Name => "gpio";

    /// <summary>The line of this machine's kernel.</summary>
    public static GpioButtonSource OfThisMachine(GpioButtonSettings settings, TimeSpan debounce) => new(settings, () => Open("/dev", settings, debounce));

    /// <exception cref="ButtonUnavailableException">There is no such line.</exception>
    internal static GpioLine Open(string directory, GpioButtonSettings settings, TimeSpan debounce)
    {
        GpioChip chip = GpioChip.Find(directory, settings.Chip);
        try
        {
            (int number, string name, _) = chip.Line(settings.Line);
            KernelGpioDriver driver = new(chip, settings.IsActiveLow, settings.Bias == LineBias.Disabled, debounce);
            string what = FormattableString.Invariant($"line {number}{(name.Length == 0 ? "" : $" \"{name}\"")} of {chip}, active {(settings.IsActiveLow ? "low" : "high")}, bias {LineBiasText.Of(settings.Bias)}, debounced by the kernel for {debounce.TotalMilliseconds} ms, consumer \"{KernelGpioDriver.Consumer}\"");
            return new(driver, number, what, () => driver.Lost);
        }
        catch
        {
            chip.Dispose();
            throw;
        }
    }

    public BoundButton Bind(PressRecognition presses, Action<string?> remark)
    {
        GpioLine line = open();
        GpioController controller = new(line.Driver);
        try
        {
            controller.OpenPin(line.Number, settings.Bias switch
            {
                LineBias.PullUp => PinMode.InputPullUp,
                LineBias.PullDown => PinMode.InputPullDown,
                _ => PinMode.Input,
            });
            List<string> doubts = [];
            if (controller.Read(line.Number) == PinValue.High)
            {
                doubts.Add($"the line is active at this moment; if nobody presses the button, Button:Gpio:ActiveLow is the wrong way round ({(settings.IsActiveLow ? "true" : "false")}), or the line needs a Button:Gpio:Bias");
            }

            controller.RegisterCallbackForPinValueChangedEvent(line.Number, PinEventTypes.Rising | PinEventTypes.Falling, (_, change) =>
                presses.Change(change.ChangeType == PinEventTypes.Rising, (change as KernelPinChange)?.At));
            return new(line.What, doubts, LostAsync(line), controller);
        }
        catch
        {
            controller.Dispose();
            throw;
        }
    }

    private static async Task<string> LostAsync(GpioLine line) =>
        $"{line.What} is gone: {(await line.Lost() is > 0 and int error ? System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(error) : "nothing more comes from it")}";
}

/// <summary>The biases as they are configured.</summary>
internal static class LineBiasText
{
    public static readonly IReadOnlyDictionary<string, LineBias> All = new Dictionary<string, LineBias>(StringComparer.OrdinalIgnoreCase)
    {
        ["as_is"] = LineBias.AsIs,
        ["pull_up"] = LineBias.PullUp,
        ["pull_down"] = LineBias.PullDown,
        ["disabled"] = LineBias.Disabled,
    };

    public static string Of(LineBias bias) => All.First(pair => pair.Value == bias).Key;
}
