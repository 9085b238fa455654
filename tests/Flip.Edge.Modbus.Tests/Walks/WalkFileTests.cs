using System.Text;

namespace Flip.Edge.Modbus.Tests.Walks;

public class WalkFileTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        RegisterWalk walk = new("battery \"1\"", "tcp://h:502?unit=1", new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero),
        [
            new(1, 3, 40000, 2, [0x5375, 0x6E53], null),
            new(1, 4, 0, 1, null, ModbusExceptionCode.IllegalFunction),
            new(255, 3, 65535, 1, null, IRegisterBank.NoReply),
        ])
        { Profile = "sunspec@1", Stopped = "why" };

        RegisterWalk read = WalkFile.Read(WalkFile.Write(walk));

        Assert.Equal((walk.Device, walk.Endpoint, walk.WalkedAt, walk.Profile, walk.Stopped), (read.Device, read.Endpoint, read.WalkedAt, read.Profile, read.Stopped));
        Assert.Equal(walk.Reads.Select(Text), read.Reads.Select(Text));
    }

    [Fact]
    public void Registers_are_hexadecimal_as_in_a_nameplates_evidence()
    {
        string json = Encoding.UTF8.GetString(WalkFile.Write(new("d", "tcp://h:502?unit=1", default, [new(1, 3, 40000, 2, [0x5375, 0x000A], null)])));

        Assert.Contains("\"words\": \"5375000A\"", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "no register walk")]
    [InlineData("[]", "\"format\"")]
    [InlineData("""{"format":"flip-edge-walk/2"}""", "flip-edge-walk/2")]
    [InlineData("""{"format":"flip-edge-walk/1","device":"d","endpoint":"e","walked_at":"2026-11-23T00:00:00Z","profile":null,"stopped":null}""", "no register walk")]
    [InlineData("""{"format":"flip-edge-walk/1","device":"d","endpoint":"e","walked_at":"2026-11-23T00:00:00Z","profile":null,"stopped":null,"reads":[{"unit":1,"function":3,"address":0,"count":2,"words":"0000"}]}""", "reads[0]: \"words\"")]
    [InlineData("""{"format":"flip-edge-walk/1","device":"d","endpoint":"e","walked_at":"2026-11-23T00:00:00Z","profile":null,"stopped":null,"reads":[{"unit":1,"function":3,"address":0,"count":1,"words":"zz00"}]}""", "reads[0]: \"words\"")]
    [InlineData("""{"format":"flip-edge-walk/1","device":"d","endpoint":"e","walked_at":"2026-11-23T00:00:00Z","profile":null,"stopped":null,"reads":[{"unit":1,"function":6,"address":0,"count":1,"exception":2}]}""", "reads[0]: \"function\"")]
    [InlineData("""{"format":"flip-edge-walk/1","device":"d","endpoint":"e","walked_at":"2026-11-23T00:00:00Z","profile":null,"stopped":null,"reads":[{"unit":1,"function":3,"address":65536,"count":1,"exception":2}]}""", "reads[0]: \"address\"")]
    [InlineData("""{"format":"flip-edge-walk/1","device":"d","endpoint":"e","walked_at":"2026-11-23T00:00:00Z","profile":null,"stopped":null,"reads":[{"unit":1,"function":3,"address":0,"count":126,"exception":2}]}""", "reads[0]: \"count\"")]
    [InlineData("""{"format":"flip-edge-walk/1","device":"d","endpoint":"e","walked_at":"2026-11-23T00:00:00Z","profile":null,"stopped":null,"reads":[{"unit":1,"function":3,"address":0,"count":1}]}""", "reads[0]: \"exception\"")]
    [InlineData("""{"format":"flip-edge-walk/1","device":"d","endpoint":"e","walked_at":"2026-11-23T00:00:00Z","profile":null,"stopped":null,"reads":[17]}""", "no register walk")]
    public void What_is_no_walk_is_refused_with_the_place(string json, string place) =>
        Assert.Contains(place, Assert.Throws<FormatException>(() => WalkFile.Read(Encoding.UTF8.GetBytes(json))).Message, StringComparison.Ordinal);

    private static string Text(WalkRead read) => $"{read.Unit} {read.Function} {read.Address} {read.Count} {string.Join(',', read.Words ?? [])} {read.Refusal}";
}
