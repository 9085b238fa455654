using System.Collections.Concurrent;
using Flip.Edge.Button;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Button;

public sealed class InputButtonSourceTests : IDisposable
{
    private const ushort Key = 148;
    private readonly Fifo _fifo = new();
    private readonly ConcurrentQueue<Press> _presses = new();
    private readonly ConcurrentQueue<string?> _remarks = new();
    private readonly WatchedTime _time = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly PressRecognition _recognition;

    public InputButtonSourceTests() => _recognition = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(3), TimeProvider.System, _presses.Enqueue);

    [Fact]
    public async Task Presses_come_out_of_a_FIFO_while_writers_come_and_go()
    {
        using BoundButton button = Bind();
        _fifo.Press(Key, 1, 1.2);
        await FaultRig.UntilAsync(() => _presses.SequenceEqual([Press.Short]));
        _fifo.Press(Key, 5, 9);
        await FaultRig.UntilAsync(() => _presses.SequenceEqual([Press.Short, Press.Long]));
        _fifo.Press(Key, 10, 10.2);
        await FaultRig.UntilAsync(() => _presses.SequenceEqual([Press.Short, Press.Long, Press.Short]));

        Assert.False(button.Lost.IsCompleted);
        Assert.Empty(button.Doubts);
        Assert.Equal($"KEY_PROG1 from the FIFO {_fifo.Path}", button.What);
    }

    [Fact]
    public async Task Another_key_is_not_the_button_which_is_said_until_the_button_itself_is_pressed()
    {
        using BoundButton button = Bind();
        foreach (int time in (int[])[1, 2, 3]) _fifo.Press(28, time, time + 0.2);
        _fifo.Press(Key, 4, 4.2);
        _fifo.Press(28, 5, 5.2);
        _fifo.Press(Key, 6, 6.2);
        await FaultRig.UntilAsync(() => _presses.Count == 2);

        Assert.Equal([Press.Short, Press.Short], _presses);
        Assert.Equal(
            [
                $"KEY_ENTER (code 28) was pressed on {_fifo.Path}, and nothing is done, for Button:Input:Key is KEY_PROG1 (code 148). "
                + "If that is the button, set Button:Input:Key to KEY_ENTER and restart the service",
                null,
            ],
            _remarks);
    }

    [Fact]
    public async Task Without_a_press_it_waits_and_ends_at_once_when_it_is_told_to()
    {
        BoundButton button = Bind();
        button.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => button.Lost);
    }

    [Fact]
    public async Task What_is_written_into_the_FIFO_and_is_no_input_event_is_said()
    {
        using BoundButton button = Bind();
        _fifo.Write("this is somebody's text and no press of a button"u8.ToArray());

        Assert.Contains($"{_fifo.Path} is not used: what was read is no record of 24 bytes", await button.Lost, StringComparison.Ordinal);
        Assert.Empty(_presses);
    }

    [Fact]
    public async Task A_FIFO_that_is_deleted_and_made_anew_is_lost_for_the_old_one_hears_nothing_any_more()
    {
        using BoundButton button = Bind();
        await _time.WaitsAsync(ReplacedFile.Pause);
        _fifo.Replace();

        await PassUntilLostAsync(button);

        Assert.Equal($"{_fifo.Path} was deleted, moved or made anew", await button.Lost);
    }

    [Fact]
    public async Task So_is_one_that_is_moved_away_and_one_whose_link_leads_elsewhere()
    {
        using TempDirectory directory = new();
        using Fifo other = new();
        string link = directory.File("link");
        File.CreateSymbolicLink(link, _fifo.Path);
        using BoundButton linked = Bind(link), plain = Bind();
        await _time.WaitsAsync(ReplacedFile.Pause);
        File.Delete(link);
        File.CreateSymbolicLink(link, other.Path);
        await PassUntilLostAsync(linked);
        Assert.False(plain.Lost.IsCompleted);

        File.Move(_fifo.Path, directory.File("elsewhere"));
        await PassUntilLostAsync(plain);
    }

    [Fact]
    public async Task So_is_one_below_a_directory_whose_link_is_led_elsewhere()
    {
        using TempDirectory directory = new();
        foreach (string name in (string[])["first", "second"])
        {
            Directory.CreateDirectory(directory.File(name));
            Fifo.At(directory.File($"{name}/event"));
        }

        string link = directory.File("link");
        Directory.CreateSymbolicLink(link, directory.File("first"));
        using BoundButton button = Bind($"{link}/event");
        await _time.WaitsAsync(ReplacedFile.Pause);
        Assert.False(button.Lost.IsCompleted);
        File.Delete(link);
        Directory.CreateSymbolicLink(link, directory.File("second"));

        await PassUntilLostAsync(button);

        Assert.Equal($"{link}/event was deleted, moved or made anew", await button.Lost);
    }

    [Fact]
    public void So_is_one_that_was_made_anew_between_its_opening_and_the_first_look()
    {
        using DeviceFile opened = DeviceFile.Open(_fifo.Path, Libc.ReadWrite);
        _fifo.Replace();

        using ReplacedFile replaced = new(opened, _fifo.Path, _time);

        Assert.True(replaced.Happened.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task One_that_stays_is_kept_however_often_it_is_looked_at()
    {
        using BoundButton button = Bind();
        for (int look = 1; look <= 10; look++)
        {
            await FaultRig.UntilAsync(() => _time.Begun == look);
            _time.Advance(ReplacedFile.Pause);
        }

        _fifo.Press(Key, 1, 1.2);
        await FaultRig.UntilAsync(() => _presses.SequenceEqual([Press.Short]));
        Assert.False(button.Lost.IsCompleted);
    }

    [Fact]
    public void A_device_that_is_not_there_is_named_and_what_to_do()
    {
        string sentence = Assert.Throws<ButtonUnavailableException>(() => Bind("/dev/input/by-path/no-such-event")).Message;

        Assert.StartsWith("there is no /dev/input/by-path/no-such-event; there is ", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_FIFO_that_is_not_there_is_told_with_how_to_make_it()
    {
        string missing = $"{_fifo.Path}-of-tomorrow";

        string sentence = Assert.Throws<ButtonUnavailableException>(() => Bind(missing)).Message;

        Assert.StartsWith($"there is no {missing}: if it is to be a FIFO, make it (mkfifo -m 660 {missing} && chgrp flip-edge {missing})", sentence, StringComparison.Ordinal);
        Assert.Contains("no directory /no/such", Assert.Throws<ButtonUnavailableException>(() => Bind("/no/such/button")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/etc/passwd")]
    [InlineData("/tmp")]
    public void What_is_no_input_device_is_refused_with_a_sentence(string path)
    {
        string sentence = Assert.Throws<ButtonUnavailableException>(() => Bind(path)).Message;

        Assert.Equal($"{path} is no input device and no FIFO: name a device under /dev/input/by-path in Button:Input:Device", sentence);
    }

    [Fact]
    public void A_device_of_another_group_is_named_with_the_group_that_is_needed()
    {
        File.SetUnixFileMode(_fifo.Path, UnixFileMode.None);
        string sentence;
        using (new AnotherUser()) sentence = Assert.Throws<ButtonUnavailableException>(() => Bind()).Message;

        Assert.StartsWith($"permission denied for {_fifo.Path}: give it to the service's group (chgrp flip-edge {_fifo.Path} && chmod 660 {_fifo.Path})", sentence, StringComparison.Ordinal);
        Assert.Contains("input as a rule (SupplementaryGroups=input in the unit)", InputTrouble.Sentence(new("/dev/input/event0", Libc.NoAccess)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_units_device_list_lacks_is_told_apart_from_a_permission()
    {
        Assert.Contains("DeviceAllow=char-input r", InputTrouble.Sentence(new("/dev/input/event0", Libc.NotPermitted)), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _recognition.Dispose();
        _fifo.Dispose();
    }

    private Task PassUntilLostAsync(BoundButton button) => FaultRig.UntilAsync(() =>
    {
        _time.Advance(ReplacedFile.Pause);
        return button.Lost.IsCompleted;
    });

    private BoundButton Bind(string? path = null) => new InputButtonSource(new(path ?? _fifo.Path, Key), _time).Bind(_recognition, _remarks.Enqueue);
}
