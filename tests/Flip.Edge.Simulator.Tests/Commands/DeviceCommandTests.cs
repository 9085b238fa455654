using System.Net.Sockets;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Pty;

namespace Flip.Edge.Simulator.Tests.Commands;

/// <summary>Frames are written out by hand from the Modbus specification: a read of two registers at 40000 is answered "SunS".</summary>
public class DeviceCommandTests
{
    private static readonly byte[] RtuRequest = [0x01, 0x03, 0x9C, 0x40, 0x00, 0x02, 0xEB, 0x8F];
    private static readonly byte[] RtuAnswer = [0x01, 0x03, 0x04, 0x53, 0x75, 0x6E, 0x53, 0x96, 0xF0];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_answers_over_tcp_at_the_endpoint_that_it_prints_and_ends_with_0()
    {
        await using var command = new RunningCommand("device", "--tcp", "0");
        var endpoint = Assert.IsType<ModbusTcpEndpoint>(ModbusEndpoint.Parse(await command.NextOutputAsync()));
        Assert.Equal(("127.0.0.1", 1), (endpoint.Host, endpoint.Unit));

        using var client = new TcpClient();
        await client.ConnectAsync(endpoint.Host, endpoint.Port, Cancelled);
        Assert.Equal(
            [0, 7, 0, 0, 0, 7, 1, 3, 4, 0x53, 0x75, 0x6E, 0x53],
            await AskAsync(client.GetStream(), [0, 7, 0, 0, 0, 6, 1, 3, 0x9C, 0x40, 0, 2], 13));
        Assert.Equal(0, await command.EndAsync());
        Assert.Contains("unit 1: read 2 at 40000", command.RestOfError(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_tcp_another_unit_gets_exception_11_and_each_of_several_units_is_answered()
    {
        await using var command = new RunningCommand("device", "--tcp", "0", "--unit", "1", "--unit", "3", "--quiet");
        var endpoint = (ModbusTcpEndpoint)ModbusEndpoint.Parse(await command.NextOutputAsync());
        using var client = new TcpClient();
        await client.ConnectAsync(endpoint.Host, endpoint.Port, Cancelled);
        Assert.Equal([0, 1, 0, 0, 0, 3, 2, 0x83, 11], await AskAsync(client.GetStream(), [0, 1, 0, 0, 0, 6, 2, 3, 0x9C, 0x40, 0, 2], 9));
        Assert.Equal([0, 2, 0, 0, 0, 5, 3, 3, 2, 0x53, 0x75], await AskAsync(client.GetStream(), [0, 2, 0, 0, 0, 6, 3, 3, 0x9C, 0x40, 0, 1], 11));
    }

    [Fact]
    public async Task It_makes_a_pseudo_terminal_and_answers_rtu_frames_on_it()
    {
        await using var command = new RunningCommand("device", "--rtu", "pty", "--image", "hybrid-7xx");
        var endpoint = Assert.IsType<ModbusRtuEndpoint>(ModbusEndpoint.Parse(await command.NextOutputAsync()));
        await using var line = SerialLine.Open(endpoint);
        Assert.Equal(RtuAnswer, await AskAsync(line, RtuRequest, RtuAnswer.Length));
    }

    [Fact]
    public async Task It_answers_on_a_serial_port_by_its_path()
    {
        await using var cable = new PseudoTerminal();
        await using var command = new RunningCommand("device", "--rtu", cable.SlavePath, "--baud", "19200");
        Assert.Equal($"rtu://{cable.SlavePath}?baud=19200&parity=none&stop=1&unit=1", await command.NextOutputAsync());
        Assert.Equal(RtuAnswer, await AskAsync(cable.Master, RtuRequest, RtuAnswer.Length));
    }

    [Theory]
    [InlineData("either --tcp PORT or --rtu PATH", "device")]
    [InlineData("either --tcp PORT or --rtu PATH", "device", "--tcp", "0", "--rtu", "pty")]
    [InlineData("There is no image \"toaster\"", "device", "--tcp", "0", "--image", "toaster")]
    [InlineData("--tcp must be 0 to 65535", "device", "--tcp", "70000")]
    [InlineData("--unit must be 1 to 247", "device", "--rtu", "pty", "--unit", "0")]
    [InlineData("--baud must be", "device", "--rtu", "pty", "--baud", "1")]
    [InlineData("There is no behaviour \"polite\"", "device", "--tcp", "0", "--behave", "polite")]
    [InlineData("\"echo\" happens only with --rtu", "device", "--tcp", "0", "--behave", "echo")]
    [InlineData("\"refused\" happens only with --tcp", "device", "--rtu", "pty", "--behave", "refused")]
    [InlineData("'300'", "device", "--tcp", "0", "--unit", "300")]
    public async Task A_wrong_command_line_ends_with_2_and_says_what_is_wrong(string sentence, params string[] args)
    {
        await using var command = new RunningCommand(args);
        Assert.Equal(2, await command.Completion);
        Assert.Contains(sentence, command.RestOfError(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_serial_port_that_is_not_there_and_a_port_that_is_taken_end_with_1()
    {
        await using var missing = new RunningCommand("device", "--rtu", "/dev/no-such-port");
        Assert.Equal(1, await missing.Completion);
        Assert.Contains("/dev/no-such-port", missing.RestOfError(), StringComparison.Ordinal);

        await using var first = new RunningCommand("device", "--tcp", "0");
        var port = ((ModbusTcpEndpoint)ModbusEndpoint.Parse(await first.NextOutputAsync())).Port;
        await using var second = new RunningCommand("device", "--tcp", $"{port}");
        Assert.Equal(1, await second.Completion);
        Assert.Contains($"127.0.0.1:{port}", second.RestOfError(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_misbehaves_as_told_in_several_ways_at_once()
    {
        await using var command = new RunningCommand("device", "--tcp", "0", "--quiet", "--behave", "transaction-id-zero", "--behave", "duplicated-replies");
        var endpoint = (ModbusTcpEndpoint)ModbusEndpoint.Parse(await command.NextOutputAsync());
        using var client = new TcpClient();
        await client.ConnectAsync(endpoint.Host, endpoint.Port, Cancelled);
        byte[] reply = [0, 0, 0, 0, 0, 5, 1, 3, 2, 0x53, 0x75];
        var answers = await AskAsync(client.GetStream(), [0, 7, 0, 0, 0, 6, 1, 3, 0x9C, 0x40, 0, 1], 22);
        Assert.Equal([.. reply, .. reply], answers);
        Assert.Contains("transaction-id-zero: ", command.RestOfError(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_behaviours_are_listed_with_the_wires_they_happen_on()
    {
        await using var command = new RunningCommand("behaviours");
        Assert.Equal(0, await command.Completion);
        Assert.StartsWith("refused                      tcp   ", await command.NextOutputAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_images_are_listed_with_what_to_expect_of_them()
    {
        await using var command = new RunningCommand("images");
        Assert.Equal(0, await command.Completion);
        Assert.StartsWith("hybrid  ", await command.NextOutputAsync(), StringComparison.Ordinal);
    }

    private static async Task<byte[]> AskAsync(Stream line, byte[] request, int length)
    {
        await line.WriteAsync(request, Cancelled);
        var answer = new byte[length];
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        deadline.CancelAfter(TimeSpan.FromSeconds(10));
        await line.ReadExactlyAsync(answer, deadline.Token);
        return answer;
    }
}
