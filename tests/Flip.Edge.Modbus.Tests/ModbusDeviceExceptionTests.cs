namespace Flip.Edge.Modbus.Tests;

public sealed class ModbusDeviceExceptionTests
{
    public static TheoryData<Wire, byte, string> Codes
    {
        get
        {
            string[] words =
            [
                "", "does not know this function", "no such registers", "refuses this count", "failed while answering", "needs longer",
                "busy", "refuses to do this", "fault in its memory", "does not define", "no path to this unit", "no device answers behind",
            ];
            TheoryData<Wire, byte, string> data = [];
            foreach (Wire wire in Enum.GetValues<Wire>())
            {
                for (byte code = 1; code <= 11; code++) data.Add(wire, code, words[code]);
            }

            data.Add(Wire.Tcp, 0, "does not define");
            data.Add(Wire.Rtu, 0xE0, "exception 224, which the Modbus specification does not define");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Each_exception_code_has_its_sentence_and_the_next_request_works(Wire wire, byte code, string words)
    {
        await using Rig rig = new(wire, null, async peer =>
        {
            await peer.RequestAsync();
            await peer.ReplyAsync($"83 {code:X2}");
            await peer.RequestAsync();
            await peer.ReplyAsync("03 02 0002");
            await peer.UntilClosedAsync();
        });
        ModbusDeviceException e = await Assert.ThrowsAsync<ModbusDeviceException>(() => rig.ReadAsync(17));
        Assert.Equal((ModbusExceptionCode)code, e.Code);
        Assert.StartsWith($"{rig.Client.Endpoint.Bus} unit 1, read 1 holding register at 17: exception {code}, ", e.Message, StringComparison.Ordinal);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.Equal(2, await rig.ReadAsync());
    }
}
