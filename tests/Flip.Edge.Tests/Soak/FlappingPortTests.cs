using System.Net;
using System.Net.Sockets;
using Flip.Edge.Flapping;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Tests.Soak;

/// <summary>Each trouble, as a Modbus client meets it; and that the port works again when it is over.</summary>
public sealed class FlappingPortTests : IAsyncLifetime
{
    // Read holding register 40000 of unit 1.
    private static readonly byte[] Request = [0, 1, 0, 0, 0, 6, 1, 3, 0x9C, 0x40, 0, 1];
    private HostedDevice _device = null!;
    private FlappingPort _port = null!;

    public async ValueTask InitializeAsync()
    {
        _device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        _port = new(((ModbusTcpEndpoint)_device.Endpoint).Port);
        await _port.BecomeAsync(Trouble.None, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("Refused")]
    [InlineData("Reset")]
    [InlineData("Silent")]
    [InlineData("CutMidway")]
    public async Task It_works_before_and_after_a_trouble_and_not_while_it_lasts(string name)
    {
        Trouble trouble = Enum.Parse<Trouble>(name);
        Assert.Equal(11, await AskAsync());

        await _port.BecomeAsync(trouble, TestContext.Current.CancellationToken);
        int before = _port.Connections;
        Task<int> meanwhile = AskAsync();
        switch (trouble)
        {
            case Trouble.Silent:
                // Nothing is said until the trouble ends, and then the connection is reset.
                while (_port.Connections == before) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
                await _port.BecomeAsync(Trouble.None, TestContext.Current.CancellationToken);
                await Assert.ThrowsAnyAsync<SocketException>(() => meanwhile);
                break;
            case Trouble.CutMidway:
                try
                {
                    Assert.InRange(await meanwhile, 0, 5);
                }
                catch (SocketException)
                {
                    // Cut before the first byte.
                }

                break;
            default:
                await Assert.ThrowsAnyAsync<SocketException>(() => meanwhile);
                break;
        }

        await _port.BecomeAsync(Trouble.None, TestContext.Current.CancellationToken);
        Assert.Equal(11, await AskAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _port.DisposeAsync();
        await _device.DisposeAsync();
    }

    // How many bytes of the answer's eleven came.
    private async Task<int> AskAsync()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _port.Port), TestContext.Current.CancellationToken);
        await socket.SendAsync(Request, TestContext.Current.CancellationToken);
        byte[] answer = new byte[64];
        int have = 0;
        while (have < 11)
        {
            int got = await socket.ReceiveAsync(answer.AsMemory(have), TestContext.Current.CancellationToken);
            if (got == 0) break;
            have += got;
        }

        return have;
    }
}
