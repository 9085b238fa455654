using System.Net;
using System.Net.Sockets;
using Flip.Edge.Simulator.Pty;

namespace Flip.Edge.Modbus.Tests.Server;

public sealed class ModbusRtuServerTests
{
    private readonly RegisterMap _map = new RegisterMap().SetHolding(1, 100, 7, 8, 9);

    [Fact]
    public async Task It_answers_a_client_on_a_serial_port()
    {
        await using PseudoTerminal pty = new();
        await using ModbusRtuServer server = ModbusRtuServer.Start(_map, pty.Master);
        await using Stream line = Open(pty);
        Assert.Equal(Hex.Rtu("01 03 06 0007 0008 0009"), await AskAsync(line, Hex.Rtu("01 03 0064 0003"), 11));
    }

    [Fact]
    public async Task A_client_may_leave_and_another_come()
    {
        await using PseudoTerminal pty = new();
        await using ModbusRtuServer server = ModbusRtuServer.Start(_map, pty.Master);
        for (int i = 0; i < 3; i++)
        {
            await using Stream line = Open(pty);
            Assert.Equal(Hex.Rtu("01 03 02 0007"), await AskAsync(line, Hex.Rtu("01 03 0064 0001"), 7));
        }
    }

    [Fact]
    public async Task It_finds_the_request_behind_rubbish_and_frames_of_others()
    {
        await using PseudoTerminal pty = new();
        await using ModbusRtuServer server = ModbusRtuServer.Start(_map, pty.Master);
        await using Stream line = Open(pty);
        byte[] request = [.. Hex.Bytes("00 FF 10 10 10"), .. Hex.Rtu("02 03 0064 0001"), .. Hex.Bytes("01 03"), .. Hex.Rtu("01 03 0065 0001")];
        Assert.Equal(Hex.Rtu("01 03 02 0008"), await AskAsync(line, request, 7));
    }

    [Fact]
    public async Task A_request_in_single_bytes_is_answered()
    {
        await using PseudoTerminal pty = new();
        await using ModbusRtuServer server = ModbusRtuServer.Start(_map, pty.Master);
        await using Stream line = Open(pty);
        byte[] request = Hex.Rtu("01 03 0064 0001");
        foreach (byte b in request[..^1]) await line.WriteAsync(new[] { b }, TestContext.Current.CancellationToken);
        Assert.Equal(Hex.Rtu("01 03 02 0007"), await AskAsync(line, request[^1..], 7));
    }

    [Fact]
    public async Task An_unknown_function_is_answered_once_the_line_is_quiet()
    {
        await using PseudoTerminal pty = new();
        await using ModbusRtuServer server = ModbusRtuServer.Start(_map, pty.Master);
        await using Stream line = Open(pty);
        Assert.Equal(Hex.Rtu("01 AB 01"), await AskAsync(line, Hex.Rtu("01 2B 0E 01 00"), 5));
    }

    [Fact]
    public async Task A_broadcast_write_is_carried_out_without_a_reply()
    {
        RegisterMap map = new RegisterMap().SetHolding(0, 5, 0).SetHolding(1, 5, 77);
        await using PseudoTerminal pty = new();
        await using ModbusRtuServer server = ModbusRtuServer.Start(map, pty.Master);
        await using Stream line = Open(pty);
        byte[] both = [.. Hex.Rtu("00 06 0005 0042"), .. Hex.Rtu("01 03 0005 0001")];
        Assert.Equal(Hex.Rtu("01 03 02 004D"), await AskAsync(line, both, 7));
        ushort[] written = new ushort[1];
        Assert.Null(map.Read(0, 3, 5, written));
        Assert.Equal(0x42, written[0]);
    }

    [Fact]
    public async Task It_speaks_RTU_over_TCP()
    {
        await using ModbusRtuOverTcpServer server = await ModbusRtuOverTcpServer.StartAsync(
            _map, new IPEndPoint(IPAddress.Loopback, 0), ct: TestContext.Current.CancellationToken);
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, server.Port, TestContext.Current.CancellationToken);
        Assert.Equal(Hex.Rtu("01 03 02 0009"), await AskAsync(client.GetStream(), Hex.Rtu("01 03 0066 0001"), 7));
    }

    private static Stream Open(PseudoTerminal pty) => SerialLine.Open(new ModbusRtuEndpoint(pty.SlavePath, 9600, SerialParity.None, 1, 1));

    private static async Task<byte[]> AskAsync(Stream line, byte[] request, int length)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(5), TimeProvider.System);
        await line.WriteAsync(request, limit.Token);
        byte[] reply = new byte[length];
        await line.ReadExactlyAsync(reply, limit.Token);
        return reply;
    }
}
