using System.Net;

namespace Flip.Edge.Modbus.Tests.Walks;

public class RecordingClientTests
{
    private readonly List<WalkRead> _kept = [];

    [Fact]
    public async Task What_is_read_and_what_is_refused_is_kept()
    {
        await using ModbusTcpServer server = await ModbusTcpServer.StartAsync(new RegisterMap().SetHolding(1, 100, 7, 8).SetInput(1, 5, 9), new IPEndPoint(IPAddress.Loopback, 0), TestContext.Current.CancellationToken);
        await using RecordingClient client = Client(server);
        ushort[] two = new ushort[2];

        await client.ReadHoldingRegistersAsync(1, 100, two.AsMemory(), TestContext.Current.CancellationToken);
        await client.ReadInputRegistersAsync(1, 5, 1, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<ModbusDeviceException>(async () => await client.ReadHoldingRegistersAsync(1, 0, 1, TestContext.Current.CancellationToken));

        Assert.Equal([7, 8], two);
        Assert.Equal(
            ["1 3 100 2 7,8 ", "1 4 5 1 9 ", "1 3 0 1  IllegalDataAddress"],
            _kept.Select(read => $"{read.Unit} {read.Function} {read.Address} {read.Count} {string.Join(',', read.Words ?? [])} {read.Refusal}"));
    }

    [Fact]
    public async Task It_writes_nothing()
    {
        RegisterMap map = new RegisterMap().SetHolding(1, 100, 7);
        await using ModbusTcpServer server = await ModbusTcpServer.StartAsync(map, new IPEndPoint(IPAddress.Loopback, 0), TestContext.Current.CancellationToken);
        await using RecordingClient client = Client(server);

        await Assert.ThrowsAsync<NotSupportedException>(async () => await client.WriteSingleRegisterAsync(1, 100, 1, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<NotSupportedException>(async () => await client.WriteMultipleRegistersAsync(1, 100, new ushort[] { 1 }, TestContext.Current.CancellationToken));

        Assert.Equal([7], await client.ReadHoldingRegistersAsync(1, 100, 1, TestContext.Current.CancellationToken));
    }

    private RecordingClient Client(ModbusTcpServer server) =>
        new(ModbusClient.Create(new ModbusTcpEndpoint("127.0.0.1", server.Port, 1), new(), TimeProvider.System), _kept.Add);
}
