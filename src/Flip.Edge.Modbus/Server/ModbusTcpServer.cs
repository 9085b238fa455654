using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Flip.Edge.Modbus;

/// <summary>A small Modbus TCP server for simulators and tests: many clients, one bank.</summary>
/// <remarks>Unit 0 is an ordinary unit here, as on most devices that speak Modbus TCP. The bank is called from several threads.</remarks>
public sealed class ModbusTcpServer : IAsyncDisposable
{
    private const int Header = 7;

    private readonly IRegisterBank _bank;
    private readonly SocketListener _listener;

    private ModbusTcpServer(IRegisterBank bank, IPEndPoint endpoint, CancellationToken ct)
    {
        _bank = bank;
        _listener = new SocketListener(endpoint, ServeAsync, ct);
    }

    /// <summary>The port listened on, of use when it was asked for as 0.</summary>
    public int Port => _listener.Port;

    /// <summary>Starts listening.</summary>
    /// <param name="bank">Answers the requests.</param>
    /// <param name="endpoint">Address and port; port 0 takes a free one.</param>
    /// <param name="ct">Stops the server, as disposing does.</param>
    /// <exception cref="SocketException">The port is taken, or may not be used by this user.</exception>
    public static Task<ModbusTcpServer> StartAsync(IRegisterBank bank, IPEndPoint endpoint, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(bank);
        ArgumentNullException.ThrowIfNull(endpoint);
        return Task.FromResult(new ModbusTcpServer(bank, endpoint, ct));
    }

    /// <summary>Stops listening and closes every client.</summary>
    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    /// <summary>Serves one connection, whatever it is made of, until it ends or something comes that is no Modbus TCP.</summary>
    /// <param name="bank">Answers the requests.</param>
    /// <param name="line">A duplex stream. It is left open. Each reply is one write.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task ServeAsync(IRegisterBank bank, Stream line, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(bank);
        ArgumentNullException.ThrowIfNull(line);
        byte[] input = new byte[1024];
        byte[] output = new byte[Header + Pdu.MaxLength];
        int have = 0;
        while (true)
        {
            int got = await line.ReadAsync(input.AsMemory(have), ct).ConfigureAwait(false);
            if (got == 0) return;
            have += got;
            int used = 0;
            while (have - used >= Header)
            {
                int length = BinaryPrimitives.ReadUInt16BigEndian(input.AsSpan(used + 4));
                if (BinaryPrimitives.ReadUInt16BigEndian(input.AsSpan(used + 2)) != 0 || length is < 2 or > Pdu.MaxLength + 1) return;
                if (have - used < 6 + length) break;
                int reply = Answer(bank, input.AsSpan(used, 6 + length), output);
                used += 6 + length;
                if (reply > 0) await line.WriteAsync(output.AsMemory(0, reply), ct).ConfigureAwait(false);
            }

            input.AsSpan(used, have - used).CopyTo(input);
            have -= used;
        }
    }

    private async Task ServeAsync(Socket client, CancellationToken ct)
    {
        NetworkStream line = new(client);
        await using (line.ConfigureAwait(false)) await ServeAsync(_bank, line, ct).ConfigureAwait(false);
    }

    private static int Answer(IRegisterBank bank, ReadOnlySpan<byte> request, Span<byte> output)
    {
        int pdu = Responder.Answer(bank, request[6], request[Header..], output[Header..]);
        if (pdu == 0) return 0;
        request[..Header].CopyTo(output);
        BinaryPrimitives.WriteUInt16BigEndian(output[4..], (ushort)(pdu + 1));
        return Header + pdu;
    }
}
