using System.Device.Gpio;
using Flip.Edge.Button;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Button;

public sealed class GpioButtonSourceTests : IDisposable
{
    private const int Line = 17;
    private readonly FakeTimeProvider _time = new();
    private readonly FakeGpioDriver _driver = new();
    private readonly List<Press> _presses = [];
    private readonly TaskCompletionSource<int> _lost = new();
    private readonly PressRecognition _recognition;

    public GpioButtonSourceTests() => _recognition = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(3), _time, _presses.Add);

    [Fact]
    public void A_line_that_becomes_active_and_rests_again_is_a_press()
    {
        using BoundButton button = Bind();
        PressFor(200);
        PressFor(4000);

        Assert.Equal([Press.Short, Press.Long], _presses);
        Assert.Equal("line 17 of a test", button.What);
        Assert.Empty(button.Doubts);
    }

    [Fact]
    public void Pitfall_51_a_bouncing_contact_is_one_press()
    {
        using BoundButton button = Bind();
        for (int bounce = 0; bounce < 10; bounce++)
        {
            _driver.Set(Line, bounce % 2 == 0);
            Pass(3);
        }

        PressFor(200);

        Assert.Equal([Press.Short], _presses);
    }

    [Theory]
    [InlineData(LineBias.AsIs, PinMode.Input)]
    [InlineData(LineBias.Disabled, PinMode.Input)]
    [InlineData(LineBias.PullUp, PinMode.InputPullUp)]
    [InlineData(LineBias.PullDown, PinMode.InputPullDown)]
    public void The_bias_is_the_lines_mode(object bias, PinMode mode)
    {
        using BoundButton button = Bind((LineBias)bias);

        Assert.Equal(["open 17", $"17 as {mode}"], _driver.Calls);
    }

    [Fact]
    public void A_line_that_is_active_when_nobody_presses_is_doubted()
    {
        _driver.Set(Line, true);
        using BoundButton button = Bind();

        Assert.Contains("Button:Gpio:ActiveLow is the wrong way round (true)", Assert.Single(button.Doubts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chip_that_is_unplugged_is_said()
    {
        using BoundButton button = Bind();
        _lost.SetResult(19); // ENODEV

        Assert.Equal("line 17 of a test is gone: No such device", await button.Lost);
    }

    [Fact]
    public void At_the_end_the_line_is_given_back()
    {
        Bind().Dispose();
        PressFor(200);

        Assert.Empty(_presses);
        Assert.Equal("close 17", _driver.Calls[^1]);
        Assert.True(_driver.IsDisposed);
    }

    [Fact]
    public void A_line_that_is_refused_leaves_nothing_open()
    {
        using FakeGpioDriver driver = new() { Refusal = new ButtonUnavailableException("line 17 is in use by \"spi0 CS0\"") };

        Assert.Equal("line 17 is in use by \"spi0 CS0\"", Assert.Throws<ButtonUnavailableException>(() => Source(driver, LineBias.AsIs).Bind(_recognition, _ => { })).Message);
        Assert.True(driver.IsDisposed);
    }

    public void Dispose()
    {
        _recognition.Dispose();
        _driver.Dispose();
    }

    private BoundButton Bind(LineBias bias = LineBias.PullUp) => Source(_driver, bias).Bind(_recognition, _ => { });

    private GpioButtonSource Source(FakeGpioDriver driver, LineBias bias) =>
        new(new("a test", "17", true, bias), () => new(driver, Line, "line 17 of a test", () => _lost.Task));

    private void PressFor(int milliseconds)
    {
        _driver.Set(Line, true);
        Pass(milliseconds);
        _driver.Set(Line, false);
        Pass(20);
    }

    private void Pass(int milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
}
