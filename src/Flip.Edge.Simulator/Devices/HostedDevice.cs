using System.Net;
using System.Net.Sockets;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Hostile;
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
    public static Task<HostedDevice> OnTcpAsync(DeviceImage image, int port, params byte[] units) => OnTcpAsync(image, port, [], null, units);

    /// <summary>The same of a device that misbehaves.</summary>
    /// <exception cref="ArgumentException">A behaviour is none of TCP.</exception>
    public static async Task<HostedDevice> OnTcpAsync(
        DeviceImage image, int port, IReadOnlyList<DeviceBehaviour> behaviours, TimeProvider? time = null, params byte[] units)
    {
        var device = image.CreateDevice(DeviceWire.Tcp, units);
        var (bank, troubles) = Behave(device, behaviours, HostileWires.Tcp, time ?? TimeProvider.System);
        try
        {
            var (server, at) = await ListenAsync(bank, port, troubles, time ?? TimeProvider.System).ConfigureAwait(false);
            return new HostedDevice(image, device, new ModbusTcpEndpoint("127.0.0.1", at, device.Units[0]), null, server);
        }
        catch (SocketException exception)
        {
            throw new IOException($"Cannot listen on 127.0.0.1:{port}: {exception.Message}", exception);
        }
    }

    /// <summary>Answers on a serial port at 8 data bits, no parity, 1 stop bit.</summary>
    /// <exception cref="IOException">The port is missing, held by someone else, or no serial port.</exception>
    public static HostedDevice OnSerialPort(DeviceImage image, string path, int baud, params byte[] units) => OnSerialPort(image, path, baud, [], null, units);

    /// <summary>The same of a device that misbehaves.</summary>
    /// <exception cref="ArgumentException">A behaviour is none of a serial line.</exception>
    public static HostedDevice OnSerialPort(
        DeviceImage image, string path, int baud, IReadOnlyList<DeviceBehaviour> behaviours, TimeProvider? time = null, params byte[] units)
    {
        if (!File.Exists(path)) throw new IOException($"There is no serial port {path}.");
        var device = image.CreateDevice(DeviceWire.Rtu, units);
        var (bank, troubles) = Behave(device, behaviours, HostileWires.Rtu, time ?? TimeProvider.System);
        var endpoint = new ModbusRtuEndpoint(path, baud, SerialParity.None, 1, device.Units[0]);
        try
        {
            var server = ModbusRtuServer.Start(bank, OnLine(SerialLine.Open(endpoint), troubles, time), timeProvider: time);
            return new HostedDevice(image, device, endpoint, server.Completion, server);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException($"Cannot use the serial port {path}: {exception.Message}", exception);
        }
    }

    /// <summary>Makes a pseudo-terminal and answers on it; the endpoint is the end for the client.</summary>
    /// <exception cref="IOException">The system has no pseudo-terminal left.</exception>
    public static HostedDevice OnPseudoTerminal(DeviceImage image, int baud, params byte[] units) => OnPseudoTerminal(image, baud, [], null, units);

    /// <summary>The same of a device that misbehaves.</summary>
    /// <exception cref="ArgumentException">A behaviour is none of a serial line.</exception>
    public static HostedDevice OnPseudoTerminal(
        DeviceImage image, int baud, IReadOnlyList<DeviceBehaviour> behaviours, TimeProvider? time = null, params byte[] units)
    {
        var device = image.CreateDevice(DeviceWire.Rtu, units);
        var (bank, troubles) = Behave(device, behaviours, HostileWires.Rtu, time ?? TimeProvider.System);
        var pty = new PseudoTerminal();
        var server = ModbusRtuServer.Start(bank, OnLine(pty.Master, troubles, time), leaveOpen: true, timeProvider: time);
        var endpoint = new ModbusRtuEndpoint(pty.SlavePath, baud, SerialParity.None, 1, device.Units[0]);
        return new HostedDevice(image, device, endpoint, server.Completion, server, pty);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in _owned) await owned.DisposeAsync().ConfigureAwait(false);
    }

    private static (IRegisterBank Bank, WireTrouble[] Troubles) Behave(
        SimulatedDevice device, IReadOnlyList<DeviceBehaviour> behaviours, HostileWires wire, TimeProvider time)
    {
        if (behaviours.OfType<WireBehaviour>().FirstOrDefault(behaviour => !behaviour.On.HasFlag(wire)) is { } misplaced)
        {
            throw new ArgumentException($"The behaviour {misplaced.Name} is of the other kind of wire.", nameof(behaviours));
        }

        IRegisterBank bank = device;
        foreach (var behaviour in behaviours.OfType<DataBehaviour>()) bank = behaviour.Wrap(bank);
        return (bank, [.. behaviours.OfType<WireBehaviour>().Select(behaviour => behaviour.Create(time))]);
    }

    private static async Task<(IAsyncDisposable Server, int Port)> ListenAsync(IRegisterBank bank, int port, WireTrouble[] troubles, TimeProvider time)
    {
        if (troubles.Length > 0)
        {
            var hostile = new HostileServer(bank, port, troubles, time);
            return (hostile, hostile.Port);
        }

        var server = await ModbusTcpServer.StartAsync(bank, new IPEndPoint(IPAddress.Loopback, port)).ConfigureAwait(false);
        return (server, server.Port);
    }

    private static Stream OnLine(Stream line, WireTrouble[] troubles, TimeProvider? time) =>
        troubles.Length == 0 ? line : new HostileStream(line, isRtu: true, 1, troubles, time ?? TimeProvider.System);
}
