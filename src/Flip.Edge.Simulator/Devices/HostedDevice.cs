using System.Net;
using System.Net.Sockets;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Pty;

namespace Flip.Edge.Simulator.Devices;

/// <summary>A simulated device that can be reached: over TCP on loopback, on a serial port, or on a pseudo-terminal.</summary>
public sealed class HostedDevice : IAsyncDisposable
{
    private readonly IAsyncDisposable[] _owned;

    private HostedDevice(DeviceImage image, SimulatedDevice device, ModbusEndpoint endpoint, Task? completion, params IAsyncDisposable[] owned)
    {
        (Image, Device, Endpoint, _owned) = (image, device, endpoint, owned);
        Completion = completion ?? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
    }

    public DeviceImage Image { get; }

    public SimulatedDevice Device { get; }

    /// <summary>Where it answers. On a serial port the path is this end of the line; a client opens the other.</summary>
    public ModbusEndpoint Endpoint { get; }

    /// <summary>Ends when the serial port is gone, and never over TCP.</summary>
    public Task Completion { get; }

    /// <summary>Answers on a TCP port of 127.0.0.1; 0 takes a free one.</summary>
    /// <exception cref="IOException">The port is taken or may not be used by this user.</exception>
    public static async Task<HostedDevice> OnTcpAsync(DeviceImage image, int port, params byte[] units)
    {
        var device = new SimulatedDevice(image.CreateTables(units), DeviceWire.Tcp);
        try
        {
            var server = await ModbusTcpServer.StartAsync(device, new IPEndPoint(IPAddress.Loopback, port)).ConfigureAwait(false);
            return new HostedDevice(image, device, new ModbusTcpEndpoint("127.0.0.1", server.Port, device.Units[0]), null, server);
        }
        catch (SocketException exception)
        {
            throw new IOException($"Cannot listen on 127.0.0.1:{port}: {exception.Message}", exception);
        }
    }

    /// <summary>Answers on a serial port at 8 data bits, no parity, 1 stop bit.</summary>
    /// <exception cref="IOException">The port is missing, held by someone else, or no serial port.</exception>
    public static HostedDevice OnSerialPort(DeviceImage image, string path, int baud, params byte[] units)
    {
        if (!File.Exists(path)) throw new IOException($"There is no serial port {path}.");
        var device = new SimulatedDevice(image.CreateTables(units), DeviceWire.Rtu);
        var endpoint = new ModbusRtuEndpoint(path, baud, SerialParity.None, 1, device.Units[0]);
        try
        {
            var server = ModbusRtuServer.Start(device, SerialLine.Open(endpoint));
            return new HostedDevice(image, device, endpoint, server.Completion, server);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException($"Cannot use the serial port {path}: {exception.Message}", exception);
        }
    }

    /// <summary>Makes a pseudo-terminal and answers on it; the endpoint is the end for the client.</summary>
    /// <exception cref="IOException">The system has no pseudo-terminal left.</exception>
    public static HostedDevice OnPseudoTerminal(DeviceImage image, int baud, params byte[] units)
    {
        var device = new SimulatedDevice(image.CreateTables(units), DeviceWire.Rtu);
        var pty = new PseudoTerminal();
        var server = ModbusRtuServer.Start(device, pty.Master, leaveOpen: true);
        var endpoint = new ModbusRtuEndpoint(pty.SlavePath, baud, SerialParity.None, 1, device.Units[0]);
        return new HostedDevice(image, device, endpoint, server.Completion, server, pty);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in _owned) await owned.DisposeAsync().ConfigureAwait(false);
    }
}
