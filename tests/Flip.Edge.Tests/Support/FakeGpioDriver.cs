using System.Device.Gpio;

namespace Flip.Edge.Tests.Support;

/// <summary>A GPIO driver without a chip: the test moves its line.</summary>
internal sealed class FakeGpioDriver : GpioDriver
{
    private PinChangeEventHandler? _changed;
    private PinValue _value = PinValue.Low;

    public List<string> Calls { get; } = [];

    public PinMode Mode { get; private set; } = PinMode.Output;

    public bool IsDisposed { get; private set; }

    /// <summary>What taking the line ends with.</summary>
    public Exception? Refusal { get; init; }

    protected override int PinCount => 54;

    /// <summary>Puts the line to active or not, and tells whoever listens.</summary>
    public void Set(int line, bool isActive)
    {
        _value = isActive;
        _changed?.Invoke(this, new(isActive ? PinEventTypes.Rising : PinEventTypes.Falling, line));
    }

    protected override void OpenPin(int pinNumber) => Calls.Add($"open {pinNumber}");

    protected override void ClosePin(int pinNumber)
    {
        Calls.Add($"close {pinNumber}");
        _changed = null;
    }

    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => mode != PinMode.Output;

    protected override PinMode GetPinMode(int pinNumber) => Mode;

    protected override void SetPinMode(int pinNumber, PinMode mode)
    {
        if (Refusal is not null) throw Refusal;
        Calls.Add($"{pinNumber} as {mode}");
        Mode = mode;
    }

    protected override PinValue Read(int pinNumber) => _value;

    protected override void Write(int pinNumber, PinValue value) => throw new InvalidOperationException("a button's line is never written");

    protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback)
    {
        Assert.Equal(PinEventTypes.Rising | PinEventTypes.Falling, eventTypes);
        _changed += callback;
    }

    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback) => _changed -= callback;

    protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("a button's line is not waited for on a thread of the pool");

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
