using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Flip.Edge.Configuration;
using MQTTnet.Channel;

namespace Flip.Edge.Mqtt;

/// <summary>
/// Opens the socket, and TLS on top of it. The library could do both, but its TLS sends no intermediates of a client certificate, and
/// loses the reason why a certificate is refused; its own TLS is off.
/// </summary>
internal sealed class BrokerStream(MqttSettings settings, BrokerTrust? trust, TimeProvider time) : IMqttClientStreamProvider
{
    /// <summary>Whether there was a connection, and TLS where it is wanted: what failed later, the broker has done.</summary>
    public bool WasOpen { get; private set; }

    public async Task<Stream> ConnectAsync(EndPoint brokerEndPoint, CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(settings.Host, settings.Port, cancellationToken);
        }
        catch (SocketException failed)
        {
            socket.Dispose();
            throw new BrokerException(BrokerTrouble.Away, Sentence(failed.SocketErrorCode), failed);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        NetworkStream plain = new(socket, ownsSocket: true);
        Stream whole = trust is null ? plain : await SecureAsync(plain, trust, cancellationToken);
        WasOpen = true;
        return new PacketLimit(whole, time);
    }

    private async Task<Stream> SecureAsync(NetworkStream plain, BrokerTrust certificates, CancellationToken cancellationToken)
    {
        SslStream secure = new(plain, leaveInnerStreamOpen: false);
        try
        {
            await secure.AuthenticateAsClientAsync(certificates.Options(settings.Host, time), cancellationToken);
            return secure;
        }
        catch (Exception failed) when (failed is IOException or System.Security.Authentication.AuthenticationException)
        {
            await secure.DisposeAsync();
            string remark = certificates.Remark is { } known ? $"; {known}" : "";
            throw new BrokerException(
                BrokerTrouble.Away, $"the TLS handshake failed ({Innermost(failed)}): is {settings.Port} the broker's port for TLS?{remark}", failed);
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }

    private string Sentence(SocketError error) => error switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => $"the name {settings.Host} can't be resolved",
        SocketError.ConnectionRefused => $"nothing listens on {settings.Broker}; is a broker installed and Mqtt:Host and Mqtt:Port right? Without one, set Mqtt:Enabled to false",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => $"there is no way to {settings.Broker}",
        SocketError.TimedOut => $"{settings.Broker} does not answer",
        _ => error.ToString(),
    };

    private static string Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception.Message;
}
