using System.Device.Gpio;
using Microsoft.Win32.SafeHandles;

namespace Flip.Edge.Button;

/// <summary>A change of a line with the kernel's own time of it.</summary>
/// <param name="type">Whether it became active.</param>
/// <param name="line">Number of the line.</param>
/// <param name="at">When, in the kernel's monotonic time.</param>
internal sealed class KernelPinChange(PinEventTypes type, int line, TimeSpan at) : PinValueChangedEventArgs(type, line)
{
    public TimeSpan At => at;
}

/// <summary>
/// One input line of one chip, over the kernel's character device. The package's own drivers need libgpiod on the gateway, and know no debounce;
/// see docs/adr/0016. Active is high here: the kernel turns a line around that is active low.
/// </summary>
/// <param name="chip">The chip; disposed with the driver.</param>
/// <param name="isActiveLow">Whether the line is low while it is active.</param>
/// <param name="isBiasDisabled">Whether the chip's resistors are switched off, for <see cref="PinMode.Input"/>.</param>
/// <param name="debounce">How long the line has to be still before the kernel tells of it.</param>
internal sealed class KernelGpioDriver(GpioChip chip, bool isActiveLow, bool isBiasDisabled, TimeSpan debounce) : GpioDriver
{
    public const string Consumer = "flip-edge";

    private DeviceFile? _line;
    private PinMode _mode;
    private PinChangeEventHandler? _changed;
    private ReadingThread? _thread;

    /// <summary>The error with which the line went away; cancelled at the end. Only once somebody listens.</summary>
    public Task<int> Lost => _thread?.End ?? throw new InvalidOperationException("nobody listens to the line yet");

    protected override int PinCount => chip.Lines;

    protected override void OpenPin(int pinNumber)
    {
        // The kernel gives a line together with its mode.
    }

    protected override void ClosePin(int pinNumber)
    {
        _thread?.Dispose();
        _line?.Dispose();
        (_thread, _line, _changed) = (null, null, null);
    }

    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => mode is PinMode.Input or PinMode.InputPullUp or PinMode.InputPullDown;

    protected override PinMode GetPinMode(int pinNumber) => _mode;

    /// <exception cref="ButtonUnavailableException">The kernel refuses.</exception>
    protected override void SetPinMode(int pinNumber, PinMode mode)
    {
        byte[] request = GpioUapi.LineRequest(pinNumber, Flags(mode), debounce, Consumer);
        int error = chip.File.Control(GpioUapi.GetLine, request);
        if (error == Libc.Busy) throw new ButtonUnavailableException($"line {pinNumber} of {chip} is in use by \"{chip.Line($"{pinNumber}").Consumer}\": end that, or take another line (Button:Gpio:Line)");
        if (error != 0) throw chip.Unusable(error);
        (_line, _mode) = (new(new SafeFileHandle(GpioUapi.Descriptor(request), ownsHandle: true)), mode);
    }

    protected override PinValue Read(int pinNumber)
    {
        byte[] values = GpioUapi.ValuesOfOneLine();
        int error = Line.Control(GpioUapi.GetValues, values);
        return error == 0 ? GpioUapi.IsActive(values) : throw chip.Unusable(error);
    }

    protected override void Write(int pinNumber, PinValue value) => throw new NotSupportedException("a button's line is only read");

    protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback)
    {
        _changed += callback;
        if (_thread is not null) return;
        _thread = new("button", Line.Handle, bytes =>
        {
            // The kernel gives whole records, as many as there is room for.
            for (; bytes.Length >= GpioUapi.LineEventSize; bytes = bytes[GpioUapi.LineEventSize..])
            {
                (TimeSpan at, bool isRising) = GpioUapi.Event(bytes);
                _changed?.Invoke(this, new KernelPinChange(isRising ? PinEventTypes.Rising : PinEventTypes.Falling, pinNumber, at));
            }
        });
    }

    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback) => _changed -= callback;

    protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken) =>
        throw new NotSupportedException("a button's line is listened to with a callback");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            ClosePin(0);
            chip.Dispose();
        }

        base.Dispose(disposing);
    }

    internal ulong Flags(PinMode mode) => GpioUapi.FlagInput | GpioUapi.FlagRising | GpioUapi.FlagFalling
        | (isActiveLow ? GpioUapi.FlagActiveLow : 0)
        | mode switch
        {
            PinMode.InputPullUp => GpioUapi.FlagPullUp,
            PinMode.InputPullDown => GpioUapi.FlagPullDown,
            _ => isBiasDisabled ? GpioUapi.FlagNoBias : 0,
        };

    private DeviceFile Line => _line ?? throw new InvalidOperationException("the line has no mode yet");
}
