using Flip.Edge.Modbus;

namespace Flip.Edge.Simulator.Tests.Commands;

/// <summary><c>flip-edge-sim device --walk</c>: a device from the field.</summary>
public sealed class DeviceWalkCommandTests : IDisposable
{
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("fest-").FullName, "walk-1.json");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_answers_as_the_device_did_at_the_units_of_the_walk()
    {
        File.WriteAllBytes(_file, WalkFile.Write(new("battery-1", "tcp://192.168.1.50:502?unit=7", default,
        [
            new(7, 3, 40000, 2, [0x5375, 0x6E53], null), new(7, 4, 0, 1, null, ModbusExceptionCode.IllegalFunction),
        ])));
        await using var command = new RunningCommand("device", "--tcp", "0", "--walk", _file);
        var endpoint = Assert.IsType<ModbusTcpEndpoint>(ModbusEndpoint.Parse(await command.NextOutputAsync()));
        Assert.Equal(7, endpoint.Unit);
        Assert.StartsWith("battery-1: answers as tcp://192.168.1.50:502?unit=7 did", await command.NextErrorAsync(), StringComparison.Ordinal);

        await using var client = ModbusClient.Create(endpoint, new(), TimeProvider.System);
        Assert.Equal([0x5375, 0x6E53], await client.ReadHoldingRegistersAsync(7, 40000, 2, Cancelled));
        Assert.Equal(ModbusExceptionCode.IllegalFunction, (await Assert.ThrowsAsync<ModbusDeviceException>(async () => await client.ReadInputRegistersAsync(7, 5, 1, Cancelled))).Code);
        Assert.Equal(ModbusExceptionCode.GatewayTargetNoResponse, (await Assert.ThrowsAsync<ModbusDeviceException>(async () => await client.ReadHoldingRegistersAsync(1, 0, 1, Cancelled))).Code);
    }

    [Theory]
    [InlineData("--image", "hybrid")]
    [InlineData("--unit", "1")]
    public async Task It_says_itself_which_device_it_is(string option, string value)
    {
        File.WriteAllBytes(_file, WalkFile.Write(new("battery-1", "tcp://h:502?unit=7", default, [])));
        await using var command = new RunningCommand("device", "--tcp", "0", "--walk", _file, option, value);

        Assert.Equal(2, await command.Completion);
        Assert.Contains("leave --image and --unit out", command.RestOfError(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_walk_is_a_wrong_command_line_and_the_file_is_named()
    {
        File.WriteAllText(_file, "{}");
        await using var command = new RunningCommand("device", "--tcp", "0", "--walk", _file);

        Assert.Equal(2, await command.Completion);
        Assert.Contains($"{_file} can't be used: it is no register walk", command.RestOfError(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_a_wrong_command_line()
    {
        await using var command = new RunningCommand("device", "--tcp", "0", "--walk", _file);

        Assert.Equal(2, await command.Completion);
        Assert.Contains(_file, command.RestOfError(), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);
}
