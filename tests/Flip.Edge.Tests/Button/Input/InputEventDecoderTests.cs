using Flip.Edge.Button;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Button;

public sealed class InputEventDecoderTests
{
    private const ushort Key = 148, OtherKey = 28;
    private readonly List<string> _told = [];
    private readonly List<ushort> _others = [];

    [Theory]
    [InlineData(InputEventDecoder.LongTime)]
    [InlineData(InputEventDecoder.ShortTime)]
    public void A_key_goes_down_and_up_at_the_times_of_its_records(int timeSize)
    {
        InputEvents events = new(timeSize);
        Decoder(timeSize).Read([.. events.Key(Key, 1, 12.5), .. events.Report(12.5), .. events.Key(Key, 0, 12.75), .. events.Report(12.75)]);

        Assert.Equal(["down 12.5", "up 12.75"], _told);
    }

    [Theory]
    [InlineData(InputEventDecoder.LongTime)]
    [InlineData(InputEventDecoder.ShortTime)]
    public void Records_may_be_cut_anywhere(int timeSize)
    {
        InputEvents events = new(timeSize);
        byte[] bytes = [.. events.Key(Key, 1, 1), .. events.Report(1), .. events.Key(Key, 0, 2), .. events.Report(2)];
        for (int first = 0; first <= bytes.Length; first++)
        {
            for (int second = first; second <= bytes.Length; second++)
            {
                _told.Clear();
                InputEventDecoder decoder = Decoder(timeSize);
                decoder.Read(bytes.AsSpan(0, first));
                decoder.Read(bytes.AsSpan(first, second - first));
                decoder.Read(bytes.AsSpan(second));
                Assert.Equal(["down 1", "up 2"], _told);
            }
        }
    }

    [Fact]
    public void Autorepeat_and_other_kinds_of_events_are_passed_over_and_of_other_keys_only_the_press_is_told()
    {
        InputEvents events = InputEvents.OfThisMachine;
        Decoder().Read([
            .. events.Record(4, 4, 458_792, 1), // EV_MSC, MSC_SCAN: a keyboard's, before each key
            .. events.Key(OtherKey, 1, 1), .. events.Key(OtherKey, 2, 1), .. events.Key(OtherKey, 0, 1), .. events.Key(Key, 1, 1), .. events.Key(Key, 2, 1.25), .. events.Key(Key, 2, 1.28), .. events.Record(2, Key, 1, 1.3),
            .. events.Key(Key, 0, 2),
        ]);

        Assert.Equal(["down 1", "up 2"], _told);
        Assert.Equal([OtherKey], _others);
    }

    [Fact]
    public void After_dropped_events_the_rest_of_the_packet_is_passed_over_and_the_key_is_asked_for()
    {
        InputEvents events = InputEvents.OfThisMachine;
        Decoder().Read([
            .. events.Key(Key, 1, 1), .. events.Report(1),
            .. events.Dropped(2), .. events.Key(Key, 0, 2), .. events.Key(Key, 1, 2), .. events.Report(2.5),
            .. events.Key(Key, 0, 3),
        ]);

        Assert.Equal(["down 1", "ask 2.5", "up 3"], _told);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void What_are_no_input_events_is_said_and_not_guessed_at(int offset)
    {
        byte[] text = [.. new byte[offset], .. "this is no input event, but somebody's log file, line by line"u8];

        InvalidDataException wrong = Assert.Throws<InvalidDataException>(() => Decoder().Read(text));

        Assert.Contains("no record of 24 bytes", wrong.Message, StringComparison.Ordinal);
        Assert.Empty(_told);
    }

    private InputEventDecoder Decoder(int timeSize = InputEventDecoder.LongTime) => new(
        Key, timeSize,
        (isDown, at) => _told.Add(FormattableString.Invariant($"{(isDown ? "down" : "up")} {at.TotalSeconds}")),
        at => _told.Add(FormattableString.Invariant($"ask {at.TotalSeconds}")), code => _others.Add(code));
}
