using System.Net;

namespace Flip.Edge.Modbus.Tests.Client;

public sealed class QueueTests
{
    [Theory]
    [InlineData(Wire.Tcp)]
    [InlineData(Wire.RtuOverTcp)]
    [InlineData(Wire.Rtu)]
    public async Task Twenty_callers_at_once_each_get_their_own_answer(Wire wire)
    {
        const int callers = 20, reads = 5;
        await using Rig rig = new(wire, null, async peer =>
        {
            for (int i = 0; i < callers * reads; i++)
            {
                byte[] request = await peer.RequestAsync();
                await peer.ReplyAsync($"03 02 {request[1]:X2}{request[2]:X2}"); // the address is the value
            }

            await peer.UntilClosedAsync();
        });
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (int i = 0; i < reads; i++)
            {
                ushort address = (ushort)((1000 * caller) + i);
                Assert.Equal(address, await rig.ReadAsync(address));
            }
        })));
        Assert.Equal(callers * reads, rig.Client.Counters.Requests);
        Assert.Equal(1, rig.Client.Counters.Connects);
    }

    [Fact]
    public async Task Client_and_server_of_this_library_understand_each_other()
    {
        RegisterMap map = new RegisterMap().SetHolding(1, 0, [.. Enumerable.Range(0, 125).Select(i => (ushort)i)]).SetInput(1, 9, 99);
        await using ModbusTcpServer server = await ModbusTcpServer.StartAsync(
            map, new IPEndPoint(IPAddress.Loopback, 0), TestContext.Current.CancellationToken);
        await using IModbusClient client = ModbusClient.Create(new ModbusTcpEndpoint("localhost", server.Port, 1));
        CancellationToken ct = TestContext.Current.CancellationToken;
        Assert.Equal(Enumerable.Range(0, 125).Select(i => (ushort)i), await client.ReadHoldingRegistersAsync(1, 0, 125, ct));
        Assert.Equal([99], await client.ReadInputRegistersAsync(1, 9, 1, ct));
        await client.WriteMultipleRegistersAsync(1, 0, Enumerable.Repeat((ushort)0xABCD, 123).ToArray(), ct);
        await client.WriteSingleRegisterAsync(1, 124, 0x1234, ct);
        ushort[] registers = new ushort[3];
        await client.ReadHoldingRegistersAsync(1, 122, registers, ct);
        Assert.Equal([0xABCD, 123, 0x1234], registers);
    }
}
