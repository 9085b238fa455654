using System.Net;
using System.Net.Sockets;

namespace Flip.Edge.Modbus.Tests.Server;

public sealed class ModbusTcpServerTests
{
    private static readonly RegisterMap Map = new() { UnknownUnit = ModbusExceptionCode.GatewayTargetNoResponse };

    public ModbusTcpServerTests() => Map.SetHolding(1, 100, 7, 8, 9).SetInput(1, 5, 55);

    [Theory]
    [InlineData("0001 0000 0006 01 03 0064 0003", "0001 0000 0009 01 03 06 0007 0008 0009")]
    [InlineData("0002 0000 0006 01 04 0005 0001", "0002 0000 0005 01 04 02 0037")]
    [InlineData("0003 0000 0006 01 03 0066 0002", "0003 0000 0003 01 83 02")]
    [InlineData("0004 0000 0006 09 03 0064 0001", "0004 0000 0003 09 83 0B")]
    [InlineData("0005 0000 0006 01 03 0064 0000", "0005 0000 0003 01 83 03")]
    [InlineData("0006 0000 0006 01 03 0064 007E", "0006 0000 0003 01 83 03")]
    [InlineData("0007 0000 0006 01 03 FFFF 0002", "0007 0000 0003 01 83 02")]
    [InlineData("0008 0000 0002 01 2B", "0008 0000 0003 01 AB 01")]
    public async Task It_answers_each_request_as_the_specification_says(string request, string reply) =>
        Assert.Equal(Hex.Bytes(reply), await AskAsync(Hex.Bytes(request), Hex.Bytes(reply).Length));

    [Fact]
    public async Task It_writes_one_register_and_many()
    {
        RegisterMap map = new RegisterMap().SetHolding(1, 0, 0, 0, 0);
        Assert.Equal(Hex.Bytes("0001 0000 0006 01 06 0000 1234"), await AskAsync(Hex.Bytes("0001 0000 0006 01 06 0000 1234"), 12, map));
        Assert.Equal(
            Hex.Bytes("0002 0000 0006 01 10 0001 0002"), await AskAsync(Hex.Bytes("0002 0000 000B 01 10 0001 0002 04 AAAA BBBB"), 12, map));
        ushort[] values = new ushort[3];
        Assert.Null(map.Read(1, 3, 0, values));
        Assert.Equal([0x1234, 0xAAAA, 0xBBBB], values);
    }

    [Fact]
    public async Task Requests_that_come_together_are_each_answered() =>
        Assert.Equal(
            Hex.Bytes("0001 0000 0005 01 03 02 0007 0002 0000 0005 01 03 02 0008"),
            await AskAsync(Hex.Bytes("0001 0000 0006 01 03 0064 0001 0002 0000 0006 01 03 0065 0001"), 22));

    [Fact]
    public async Task A_client_that_speaks_no_Modbus_is_closed() => Assert.Empty(await AskAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), 1));

    private static async Task<byte[]> AskAsync(byte[] request, int length, RegisterMap? map = null)
    {
        await using ModbusTcpServer server = await ModbusTcpServer.StartAsync(map ?? Map, new IPEndPoint(IPAddress.Loopback, 0));
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, server.Port, TestContext.Current.CancellationToken);
        await using NetworkStream stream = new(socket);
        await stream.WriteAsync(request, TestContext.Current.CancellationToken);
        byte[] reply = new byte[length];
        int got = await stream.ReadAtLeastAsync(reply, length, throwOnEndOfStream: false, TestContext.Current.CancellationToken);
        return reply[..got];
    }
}
