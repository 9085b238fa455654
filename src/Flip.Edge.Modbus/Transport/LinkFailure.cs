using System.Net.Sockets;

namespace Flip.Edge.Modbus;

/// <summary>What sockets and serial ports throw, in the field's own words.</summary>
internal static class LinkFailure
{
    // EPERM, where EACCES would be the file's mode: what a control group's device list answers, before the port is even looked at.
    private const int NotPermitted = 1;
    private const int PermissionDenied = 13;
    private const int DeviceBusy = 16;

    /// <summary>Whether an exception of an open link means that it is gone.</summary>
    public static bool IsLoss(Exception e) =>
        e is SocketException or IOException or ObjectDisposedException or InvalidOperationException or UnauthorizedAccessException;

    public static ModbusConnectionException OfSocket(ModbusRequestInfo request, string host, SocketException e) => e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused or SocketError.ConnectionReset => new(
            request, ModbusConnectionFailure.Refused, "nothing listens on this port, or another client holds it", e),
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery => new(
            request, ModbusConnectionFailure.Unreachable, $"the name {host} is unknown; check it, or use the address", e),
        _ => new(request, ModbusConnectionFailure.Unreachable, $"no connection to {host}: {e.Message}", e),
    };

    public static ModbusConnectionException OfTimeout(ModbusRequestInfo request, TimeSpan limit) => new(
        request, ModbusConnectionFailure.Unreachable, $"no connection within {limit.TotalSeconds:0.###} s; check the address and the network");

    public static ModbusConnectionException OfSerial(ModbusRequestInfo request, ModbusRtuEndpoint endpoint, Exception e)
    {
        if (!File.Exists(endpoint.Port))
        {
            return new(request, ModbusConnectionFailure.PortNotFound, $"there is no {endpoint.Port}; is the adapter plugged in? See /dev/serial/by-id", e);
        }

        // System.IO.Ports throws the same exception for every failure of open(2); only the inner one carries the errno.
        return e.InnerException?.HResult switch
        {
            NotPermitted => new(
                request, ModbusConnectionFailure.PortDenied,
                $"the service's sandbox has no {endpoint.Port}; give it DeviceAllow={endpoint.Port} rw under [Service] (systemctl edit flip-edge), and restart it", e),
            PermissionDenied => new(
                request, ModbusConnectionFailure.PortDenied, $"this user may not open {endpoint.Port}; it should be a member of the group dialout", e),
            DeviceBusy => new(request, ModbusConnectionFailure.PortUnusable, $"another process holds {endpoint.Port}", e),
            _ => new(
                request, ModbusConnectionFailure.PortUnusable,
                $"{endpoint.Port} can't be used as a serial port at {endpoint.BaudRate} baud: {(e.InnerException ?? e).Message}", e),
        };
    }
}
