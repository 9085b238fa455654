using Flip.Edge.Button;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Button;

public sealed class PressRecognitionTests : IDisposable
{
    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongPress = TimeSpan.FromSeconds(3);
    private readonly FakeTimeProvider _time = new();
    private readonly List<Press> _presses = [];
    private readonly PressRecognition _recognition;

    public PressRecognitionTests() => _recognition = new(Debounce, LongPress, _time, _presses.Add);

    [Fact]
    public void Pressed_and_let_go_is_a_short_press_once_it_is_still()
    {
        Down();
        Pass(500);
        Up();
        Assert.Empty(_presses);

        Pass(20);

        Assert.Equal([Press.Short], _presses);
    }

    [Fact]
    public void A_long_press_comes_while_it_is_held_and_letting_go_adds_nothing()
    {
        Down();
        Pass(2999);
        Assert.Empty(_presses);

        Pass(1);
        Assert.Equal([Press.Long], _presses);

        Pass(60_000);
        Up();
        Pass(60_000);
        Assert.Equal([Press.Long], _presses);
    }

    // A contact chatters for milliseconds: warthog618/go-gpiocdev#13, field pitfall 51.
    [Fact]
    public void Pitfall_51_bounces_at_both_ends_are_one_press()
    {
        foreach (int pause in (int[])[1, 3, 2, 7, 1])
        {
            Down();
            Pass(pause);
            Up();
            Pass(pause);
        }

        Down();
        Pass(400);
        for (int bounce = 0; bounce < 5; bounce++)
        {
            Up();
            Pass(2);
            Down();
            Pass(3);
        }

        Up();
        Pass(10_000);

        Assert.Equal([Press.Short], _presses);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(19)]
    public void A_spark_shorter_than_the_debounce_is_none(int milliseconds)
    {
        Down();
        Pass(milliseconds);
        Up();
        Pass(10_000);

        Assert.Empty(_presses);
    }

    [Fact]
    public void A_bounce_in_the_middle_of_a_long_press_does_not_end_it()
    {
        Down();
        Pass(1500);
        Up();
        Pass(5);
        Down();
        Pass(1495);

        Assert.Equal([Press.Long], _presses);
    }

    [Fact]
    public void A_contact_that_opens_just_before_the_time_of_a_long_press_was_short()
    {
        Down();
        Pass(2995);
        Up();
        Pass(10_000);

        Assert.Equal([Press.Short], _presses);
    }

    [Fact]
    public void A_long_press_whose_moment_was_a_bounce_comes_when_it_is_let_go()
    {
        Down();
        Pass(2995);
        Up();
        Pass(10);
        Down();
        Pass(1000);
        Assert.Empty(_presses);

        Up();
        Pass(20);

        Assert.Equal([Press.Long], _presses);
    }

    [Fact]
    public void A_press_that_a_busy_machine_reads_all_at_once_is_told_by_its_own_times()
    {
        _recognition.Change(true, TimeSpan.FromSeconds(1000));
        _recognition.Change(false, TimeSpan.FromSeconds(1000.3));
        _recognition.Change(true, TimeSpan.FromSeconds(1002));
        _recognition.Change(false, TimeSpan.FromSeconds(1006));
        Pass(20);

        Assert.Equal([Press.Short, Press.Long], _presses);
    }

    [Fact]
    public void Each_of_two_presses_counts()
    {
        for (int press = 0; press < 2; press++)
        {
            Down();
            Pass(100);
            Up();
            Pass(100);
        }

        Down();
        Pass(3000);

        Assert.Equal([Press.Short, Press.Short, Press.Long], _presses);
    }

    [Fact]
    public void What_is_forgotten_is_no_press_and_the_next_one_is()
    {
        Down();
        Pass(100);
        _recognition.Forget();
        Up();
        Pass(10_000);
        Assert.Empty(_presses);

        Down();
        Pass(100);
        Up();
        Pass(20);
        Assert.Equal([Press.Short], _presses);
    }

    [Fact]
    public void Letting_go_of_a_button_that_was_held_before_the_daemon_began_is_no_press()
    {
        Up();
        Pass(10_000);

        Assert.Empty(_presses);
    }

    [Fact]
    public void The_same_change_told_twice_does_not_put_it_off()
    {
        Down();
        Pass(15);
        Down();
        Pass(5);
        Up();
        Pass(20);

        Assert.Equal([Press.Short], _presses);
    }

    [Fact]
    public void Without_a_debounce_every_press_counts_at_once()
    {
        using PressRecognition recognition = new(TimeSpan.Zero, LongPress, _time, _presses.Add);
        recognition.Change(true);
        recognition.Change(false);

        Assert.Equal([Press.Short], _presses);
    }

    public void Dispose() => _recognition.Dispose();

    private void Down() => _recognition.Change(true);

    private void Up() => _recognition.Change(false);

    private void Pass(int milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
}
