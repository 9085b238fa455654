using System.Net;
using System.Net.Sockets;

namespace Flip.Edge.Modbus;

/// <summary>Opens the link of an endpoint, and knows what its kind of link is like.</summary>
internal sealed class LinkOpener(ModbusEndpoint endpoint, TimeProvider time)
{
    /// <summary>Whether a lost reply is made impossible by opening a new link. A serial port brings the late reply all the same.</summary>
    public bool IsSocket { get; } = endpoint is not ModbusRtuEndpoint;

    public bool IsRtu { get; } = endpoint is not ModbusTcpEndpoint;

    public SerialTiming Timing { get; } = endpoint is ModbusRtuEndpoint serial ? new(serial.BaudRate) : default;

    /// <summary>Opens it.</summary>
    /// <exception cref="ModbusConnectionException">It can't be opened.</exception>
    public async ValueTask<ILink> OpenAsync(ModbusRequestInfo request, CancellationToken cancellationToken)
    {
        switch (endpoint)
        {
            case ModbusTcpEndpoint tcp: return await ConnectAsync(request, tcp.Host, tcp.Port, cancellationToken).ConfigureAwait(false);
            case ModbusRtuOverTcpEndpoint rtu: return await ConnectAsync(request, rtu.Host, rtu.Port, cancellationToken).ConfigureAwait(false);
            case ModbusRtuEndpoint serial: return Open(request, serial);
            default: throw new NotSupportedException($"{endpoint.GetType().Name} is no endpoint of this library");
        }
    }

    private static SerialLink Open(ModbusRequestInfo request, ModbusRtuEndpoint serial)
    {
        PortLock? held = null;
        try
        {
            held = PortLock.Take(serial.Port);
            return new SerialLink(SerialLine.OpenPort(serial), held);
        }
        catch (Exception e) when (LinkFailure.IsLoss(e) || e is ArgumentException)
        {
            held?.Dispose();
            throw LinkFailure.OfSerial(request, serial, e);
        }
    }

    private async ValueTask<SocketLink> ConnectAsync(ModbusRequestInfo request, string host, int port, CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // Not ConnectAsync: that subscribes the socket to the runtime's epoll thread for good, which then wakes for every reply, although
            // a quick peer's replies are waited for in the calling thread. It halves the throughput on one host; see SocketLink.
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(host.Trim('[', ']'), cancellationToken).ConfigureAwait(false);
            using CancellationTokenRegistration giveUp = cancellationToken.UnsafeRegister(static s => ((Socket)s!).Dispose(), socket);
            await Task.Run(() => socket.Connect(addresses, port), cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return new SocketLink(socket, time);
        }
        catch (Exception e) when ((e is SocketException or ObjectDisposedException) && cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw LinkFailure.OfSocket(request, host, e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
