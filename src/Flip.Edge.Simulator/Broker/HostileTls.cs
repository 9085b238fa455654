using System.Net.Security;
using System.Security.Authentication;
using Flip.Edge.Simulator.Cloud;

namespace Flip.Edge.Simulator.Broker;

/// <summary>What a <see cref="HostileBroker"/> does with the TLS that a client wants, before it speaks MQTT or instead of it.</summary>
public enum TlsAct
{
    /// <summary>What a broker should do.</summary>
    Good,

    /// <summary>Shows a certificate that ended a day ago.</summary>
    Expired,

    /// <summary>Shows a certificate that begins in a year.</summary>
    NotYetValid,

    /// <summary>Shows another host's certificate.</summary>
    OtherHost,

    /// <summary>Shows a certificate of an authority that nobody trusts.</summary>
    Untrusted,

    /// <summary>Reads the client's first message and says nothing at all.</summary>
    Silent,

    /// <summary>Says the beginning of its first message, and then nothing more.</summary>
    HalfAHandshake,

    /// <summary>Says the beginning of its first message, and closes the connection.</summary>
    CutHandshake,

    /// <summary>Answers as a mail server would.</summary>
    NoTls,

    /// <summary>Goes through the handshake, and then sends what is no TLS.</summary>
    GarbageAfterHandshake,

    /// <summary>Goes through the handshake, and then sends a record that is empty and that nobody encrypted.</summary>
    EmptyRecord,

    /// <summary>Goes through the handshake, and closes the connection in the middle of a record.</summary>
    CutRecord,

    /// <summary>Goes through the handshake, announces the longest record that there is, and never sends it.</summary>
    HalfARecord,

    /// <summary>Goes through the handshake of TLS 1.2, and wants another one, with a client certificate.</summary>
    Renegotiate,
}

/// <summary>The TLS of a hostile broker.</summary>
internal static class HostileTls
{
    // Within the ServerHello.
    private const int Beginning = 40;

    /// <summary>Does what it is told.</summary>
    /// <returns>The stream to speak MQTT on.</returns>
    /// <exception cref="IOException">There is none: the connection is to be closed.</exception>
    public static async Task<Stream> SecureAsync(Stream plain, TlsAct act, MockCertificates certificates, CancellationToken stop)
    {
        switch (act)
        {
            case TlsAct.Silent:
                await plain.CopyToAsync(Stream.Null, stop).ConfigureAwait(false);
                throw new EndOfStreamException();
            case TlsAct.NoTls:
                await plain.WriteAsync("220 mail.example ESMTP\r\n"u8.ToArray(), stop).ConfigureAwait(false);
                await plain.CopyToAsync(Stream.Null, stop).ConfigureAwait(false);
                throw new EndOfStreamException();
            case TlsAct.HalfAHandshake:
            case TlsAct.CutHandshake:
                // A record of the handshake that says that it has 122 bytes.
                await plain.ReadAtLeastAsync(new byte[Beginning], Beginning, cancellationToken: stop).ConfigureAwait(false);
                await plain.WriteAsync((byte[])[0x16, 3, 3, 0, 0x7A, 2, 0, 0, 0x76, 3, 3, .. new byte[Beginning]], stop).ConfigureAwait(false);
                if (act == TlsAct.HalfAHandshake) await plain.CopyToAsync(Stream.Null, stop).ConfigureAwait(false);
                throw new EndOfStreamException();
        }

        SslStream secure = new(plain, leaveInnerStreamOpen: false);
        await secure.AuthenticateAsServerAsync(Options(act, certificates), stop).ConfigureAwait(false);
        if (After(act) is { } bytes) await plain.WriteAsync(bytes, stop).ConfigureAwait(false);
        switch (act)
        {
            case TlsAct.CutRecord: throw new EndOfStreamException();
            case TlsAct.Renegotiate: await secure.NegotiateClientCertificateAsync(stop).ConfigureAwait(false); break;
            case TlsAct.GarbageAfterHandshake or TlsAct.EmptyRecord or TlsAct.HalfARecord: await plain.CopyToAsync(Stream.Null, stop).ConfigureAwait(false); break;
        }

        return secure;
    }

    private static byte[]? After(TlsAct act) => act switch
    {
        TlsAct.GarbageAfterHandshake => "what is this?"u8.ToArray(),
        TlsAct.EmptyRecord => [0x17, 3, 3, 0, 0],
        TlsAct.CutRecord => [0x17, 3, 3, 0, 0x40, 1, 2, 3],
        TlsAct.HalfARecord => [0x17, 3, 3, 0x40, 0x11, 1, 2, 3],
        _ => null,
    };

    private static SslServerAuthenticationOptions Options(TlsAct act, MockCertificates certificates) => new()
    {
        ServerCertificate = certificates[act switch
        {
            TlsAct.Expired => MockCertificate.Expired,
            TlsAct.NotYetValid => MockCertificate.NotYetValid,
            TlsAct.OtherHost => MockCertificate.OtherHost,
            TlsAct.Untrusted => MockCertificate.Untrusted,
            _ => MockCertificate.Good,
        }],
#pragma warning disable CA5397, CA5398 // TLS 1.3 has no renegotiation, which is what is tried here.
        EnabledSslProtocols = act == TlsAct.Renegotiate ? SslProtocols.Tls12 : SslProtocols.None,
#pragma warning restore CA5397, CA5398
        AllowRenegotiation = act == TlsAct.Renegotiate,
    };
}
