using Flip.Edge.Simulator.Pty;

namespace Flip.Edge.Modbus.Tests.Transport;

public sealed class SerialLinkTests
{
    [Theory]
    [InlineData("/dev/no-such-port", ModbusConnectionFailure.PortNotFound, "there is no /dev/no-such-port; is the adapter plugged in?")]
    [InlineData("/dev/null", ModbusConnectionFailure.PortUnusable, "/dev/null can't be used as a serial port at 9600 baud: ")]
    [InlineData("/dev", ModbusConnectionFailure.PortNotFound, "there is no /dev;")]
    public async Task A_port_that_can_not_be_opened_says_why(string path, ModbusConnectionFailure failure, string expected)
    {
        await using IModbusClient client = ModbusClient.Create(ModbusEndpoint.Parse($"rtu://{path}"));
        ModbusConnectionException e = await Assert.ThrowsAsync<ModbusConnectionException>(
            async () => await client.ReadHoldingRegistersAsync(1, 7, 2, TestContext.Current.CancellationToken));
        Assert.Equal(failure, e.Failure);
        Assert.StartsWith($"rtu://{path} unit 1, read 2 holding registers at 7: {expected}", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, ModbusConnectionFailure.PortDenied, "the service's sandbox has no /dev/null; give it DeviceAllow=/dev/null rw under [Service] (systemctl edit flip-edge), and restart it")]
    [InlineData(13, ModbusConnectionFailure.PortDenied, "it should be a member of the group dialout")]
    [InlineData(16, ModbusConnectionFailure.PortUnusable, "another process holds /dev/null")]
    [InlineData(25, ModbusConnectionFailure.PortUnusable, "/dev/null can't be used as a serial port at 9600 baud: x")]
    public void The_errno_decides_what_is_advised(int errno, ModbusConnectionFailure failure, string expected)
    {
        UnauthorizedAccessException thrown = new("denied", new IOException("x", errno));
        ModbusConnectionException e = LinkFailure.OfSerial(
            default, new ModbusRtuEndpoint("/dev/null", 9600, SerialParity.None, 1, 1), thrown);
        Assert.Equal(failure, e.Failure);
        Assert.EndsWith(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_is_held_by_one_client_at_a_time_as_root_too()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        await using PseudoTerminal pty = new();
        await using ModbusRtuServer server = ModbusRtuServer.Start(new RegisterMap().SetHolding(1, 0, 42), pty.Master);
        ModbusEndpoint endpoint = ModbusEndpoint.Parse($"rtu://{pty.SlavePath}");
        await using IModbusClient second = ModbusClient.Create(endpoint);
        await using (IModbusClient first = ModbusClient.Create(endpoint))
        {
            await first.ReadHoldingRegistersAsync(1, 0, 1, ct);
            ModbusConnectionException e = await Assert.ThrowsAsync<ModbusConnectionException>(async () => await second.ReadHoldingRegistersAsync(1, 0, 1, ct));
            Assert.Equal(ModbusConnectionFailure.PortUnusable, e.Failure);
            Assert.EndsWith($"another process holds {pty.SlavePath}", e.Message, StringComparison.Ordinal);
            Assert.Equal([42], await first.ReadHoldingRegistersAsync(1, 0, 1, ct));
        }

        Assert.Equal([42], await second.ReadHoldingRegistersAsync(1, 0, 1, ct));
    }

    [Theory]
    [InlineData("baud=300&parity=even")]
    [InlineData("baud=12345&parity=odd&stop=2")]
    [InlineData("baud=4000000")]
    public async Task A_port_works_at_any_speed_parity_and_stop_bits(string settings)
    {
        await using PseudoTerminal pty = new();
        await using ModbusRtuServer server = ModbusRtuServer.Start(new RegisterMap().SetHolding(1, 0, 42), pty.Master);
        await using IModbusClient client = ModbusClient.Create(ModbusEndpoint.Parse($"rtu://{pty.SlavePath}?{settings}"));
        Assert.Equal([42], await client.ReadHoldingRegistersAsync(1, 0, 1, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_adapter_that_was_pulled_out_is_reported_and_works_again_once_it_is_back(bool isMidRequest)
    {
        string port = Path.Combine(Path.GetTempPath(), $"flip-edge-port-{Guid.NewGuid():N}");
        CancellationToken ct = TestContext.Current.CancellationToken;
        RegisterMap map = new RegisterMap().SetHolding(1, 0, 42);
        await using IModbusClient client = ModbusClient.Create(ModbusEndpoint.Parse($"rtu://{port}"));
        try
        {
            for (int i = 0; i < 2; i++)
            {
                PseudoTerminal pty = new();
                ModbusRtuServer server = ModbusRtuServer.Start(map, pty.Master, leaveOpen: true);
                File.CreateSymbolicLink(port, pty.SlavePath);
                Assert.Equal([42], await client.ReadHoldingRegistersAsync(1, 0, 1, ct));
                if (isMidRequest) await server.DisposeAsync();
                Task<ushort[]>? unanswered = isMidRequest ? client.ReadHoldingRegistersAsync(1, 0, 1, ct).AsTask() : null;
                if (isMidRequest) await new Peer(pty.Master, Wire.Rtu, ct).RequestAsync();
                File.Delete(port);
                await pty.DisposeAsync();
                ModbusConnectionException e = await Assert.ThrowsAsync<ModbusConnectionException>(
                    () => unanswered ?? client.ReadHoldingRegistersAsync(1, 0, 1, ct).AsTask());
                Assert.Equal(ModbusConnectionFailure.PortNotFound, e.Failure);
                await server.DisposeAsync();
            }
        }
        finally
        {
            File.Delete(port);
        }
    }
}
