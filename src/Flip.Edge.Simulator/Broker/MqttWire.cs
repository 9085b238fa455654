using System.Buffers.Binary;
using System.Text;

namespace Flip.Edge.Simulator.Broker;

/// <summary>What a client's CONNECT said.</summary>
/// <param name="Level">4 is MQTT 3.1.1, 5 is MQTT 5.</param>
/// <param name="ClientId">Its client id.</param>
public sealed record MqttConnect(int Level, string ClientId)
{
    /// <summary>Whether the client speaks MQTT 5.</summary>
    public bool IsVersion5 => Level == 5;

    // Protocol name, level, flags, keep-alive, in MQTT 5 the properties, and then the client id (MQTT 5, 3.1).
    internal static MqttConnect Read(ReadOnlySpan<byte> body)
    {
        int at = 2 + BinaryPrimitives.ReadUInt16BigEndian(body);
        int level = body[at];
        at += 4;
        if (level == 5) at += 1 + body[at];
        int length = BinaryPrimitives.ReadUInt16BigEndian(body[at..]);
        return new(level, Encoding.UTF8.GetString(body.Slice(at + 2, length)));
    }
}

/// <summary>A packet of a client's.</summary>
internal readonly record struct MqttPacket(int Type, int Flags, byte[] Body);

/// <summary>As much of MQTT's framing as a broker needs that only confirms.</summary>
internal sealed class MqttWire(Stream stream)
{
    public const int Publish = 3, Subscribe = 8, Ping = 12, Disconnect = 14;

    public async Task<MqttPacket> ReadAsync(CancellationToken cancellationToken)
    {
        byte[] one = new byte[1];
        await stream.ReadExactlyAsync(one, cancellationToken).ConfigureAwait(false);
        int first = one[0], length = 0, shift = 0;
        do
        {
            await stream.ReadExactlyAsync(one, cancellationToken).ConfigureAwait(false);
            length |= (one[0] & 0x7F) << shift;
            shift += 7;
        }
        while ((one[0] & 0x80) != 0);
        byte[] body = new byte[length];
        await stream.ReadExactlyAsync(body, cancellationToken).ConfigureAwait(false);
        return new(first >> 4, first & 0xF, body);
    }

    /// <summary>Reads and forgets until the client leaves.</summary>
    public Task DrainAsync(CancellationToken cancellationToken) => stream.CopyToAsync(Stream.Null, cancellationToken);

    public async Task WriteAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The confirmation that a packet wants; null when it wants none.</summary>
    public static byte[]? AnswerTo(MqttPacket packet, bool isVersion5)
    {
        switch (packet.Type)
        {
            case Publish when (packet.Flags & 0b0110) != 0:
                int topic = BinaryPrimitives.ReadUInt16BigEndian(packet.Body);
                return [0x40, 2, packet.Body[2 + topic], packet.Body[3 + topic]];
            case Subscribe:
                return isVersion5 ? [0x90, 4, packet.Body[0], packet.Body[1], 0, 1] : [0x90, 3, packet.Body[0], packet.Body[1], 1];
            case Ping:
                return [0xD0, 0];
            default:
                return null;
        }
    }

    /// <summary>Bad user name or password in MQTT 5, with the reason string, property 0x1F (MQTT 5, 3.2.2), of at most 100 bytes.</summary>
    public static byte[] Refusal(string? words)
    {
        byte[] text = Encoding.UTF8.GetBytes(words ?? "");
        byte[] properties = text.Length == 0 ? [] : [0x1F, 0, (byte)text.Length, .. text];
        return [0x20, (byte)(3 + properties.Length), 0, 0x86, (byte)properties.Length, .. properties];
    }
}
