using System.Net;
using System.Net.Sockets;

namespace Flip.Edge.Modbus.Tests.Client;

/// <summary>Alone in its collection, because allocations can only be counted for the whole process.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    private const int Reads = 300;

    [Theory]
    [InlineData(0)]
    [InlineData(6000)] // so slow that the client does not wait for it in its own thread
    public async Task A_read_over_TCP_into_memory_allocates_nothing(int microseconds)
    {
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Thread device = new(() => Answer(listener, microseconds)) { IsBackground = true };
        device.Start();
        CancellationToken ct = TestContext.Current.CancellationToken;
        await using IModbusClient client = ModbusClient.Create(new ModbusTcpEndpoint("127.0.0.1", ((IPEndPoint)listener.LocalEndPoint!).Port, 1));
        ushort[] registers = new ushort[125];
        for (int i = 0; i < Reads; i++) await client.ReadHoldingRegistersAsync(1, 0, registers, ct);

        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < Reads; i++) await client.ReadHoldingRegistersAsync(1, 0, registers, ct);
        long perRead = (GC.GetTotalAllocatedBytes(precise: true) - before) / Reads;
        Assert.InRange(perRead, 0, 16); // the runtime's own threads allocate a little now and then
    }

    /// <summary>A device in one thread with one buffer, that allocates nothing itself.</summary>
    private static void Answer(Socket listener, int microseconds)
    {
        using Socket socket = listener.Accept();
        socket.NoDelay = true;
        byte[] frame = new byte[259];
        while (socket.Receive(frame.AsSpan(0, 12)) == 12)
        {
            if (microseconds > 0) socket.Poll(microseconds, SelectMode.SelectRead);
            frame[5] = 253;
            frame[8] = 250;
            socket.Send(frame);
        }
    }
}
