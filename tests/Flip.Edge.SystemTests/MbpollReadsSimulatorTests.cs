using System.Globalization;
using System.Text.RegularExpressions;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.SystemTests.Support;

namespace Flip.Edge.SystemTests;

/// <summary>The simulator's servers, read by a client that we did not write (libmodbus).</summary>
public sealed partial class MbpollReadsSimulatorTests
{
    private static readonly DeviceImage Hybrid = DeviceImages.Find("hybrid")!;

    // "SunS", the common model's head, and "DeviceMaker".
    private static readonly ushort[] Head = [0x5375, 0x6E53, 1, 66, 0x4465, 0x7669, 0x6365, 0x4D61, 0x6B65, 0x7200];

    [Fact]
    public async Task Over_TCP()
    {
        await using HostedDevice device = await HostedDevice.OnTcpAsync(Hybrid, 0);
        await IsTheMapAsync("-m", "tcp", "-p", device.Endpoint.Bus.Split(':')[^1], "127.0.0.1");
    }

    [Fact]
    public async Task Over_RTU_on_a_pty_pair()
    {
        await using PtyPair line = await PtyPair.StartAsync();
        await using HostedDevice device = HostedDevice.OnSerialPort(Hybrid, line.One, 9600);
        await IsTheMapAsync("-m", "rtu", "-b", "9600", "-P", "none", "-o", "5", line.Other);
    }

    [Fact]
    public async Task Over_RTU_from_the_simulator_as_a_program()
    {
        await using PtyPair line = await PtyPair.StartAsync();
        await using RunningProcess simulator = RunningProcess.Start(SimulatorCommand.Start("device", "--rtu", line.One, "--image", "hybrid"));
        await simulator.WaitForAsync("rtu://");
        await IsTheMapAsync("-m", "rtu", "-b", "9600", "-P", "none", "-o", "5", line.Other);
    }

    [Fact]
    public async Task A_unit_that_is_absent_gets_exception_11_over_TCP()
    {
        await using HostedDevice device = await HostedDevice.OnTcpAsync(Hybrid, 0);
        await using RunningProcess mbpoll = RunningProcess.Start(
            Part.Mbpoll, "-m", "tcp", "-p", device.Endpoint.Bus.Split(':')[^1], "-a", "9", "-0", "-r", "40000", "-c", "2", "-t", "4:hex", "-1", "127.0.0.1");
        await mbpoll.ExitedAsync();
        Assert.Contains("Target device failed to respond", mbpoll.Error, StringComparison.Ordinal);
    }

    private static async Task IsTheMapAsync(params string[] connection)
    {
        ushort[] head = await ReadAsync(40000, 120, connection);
        Assert.Equal(Head, head[..Head.Length]);
        Assert.Equal(Words(40000, 120), head);
        Assert.Equal(Words(40120, 100), await ReadAsync(40120, 100, connection));
    }

    private static ushort[] Words(int first, int count)
    {
        DeviceRegisters map = Hybrid.CreateMap();
        return [.. Enumerable.Range(first, count).Select(address => map[(ushort)address])];
    }

    // -0: the first register is 0, as on the wire; without it mbpoll counts from 1.
    private static async Task<ushort[]> ReadAsync(int first, int count, string[] connection)
    {
        await using RunningProcess mbpoll = RunningProcess.Start(
            Part.Mbpoll, ["-0", "-a", "1", "-r", $"{first}", "-c", $"{count}", "-t", "4:hex", "-1", .. connection]);
        Assert.True(await mbpoll.ExitedAsync() == 0, mbpoll.Story);
        var registers = Register().Matches(mbpoll.Output)
            .Select(line => (Address: int.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture), Word: ushort.Parse(line.Groups[2].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)))
            .ToArray();
        Assert.Equal(Enumerable.Range(first, count), registers.Select(register => register.Address));
        return [.. registers.Select(register => register.Word)];
    }

    [GeneratedRegex(@"^\[(\d+)\]:\s+0x([0-9A-F]{4})", RegexOptions.Multiline)]
    private static partial Regex Register();
}
