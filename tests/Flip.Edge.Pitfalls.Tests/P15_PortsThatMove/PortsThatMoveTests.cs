using Flip.Edge.Devices.SunSpec;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Pitfalls.P15_PortsThatMove;

/// <summary>
/// <c>/dev/ttyUSB0</c> becomes <c>ttyUSB1</c>. <see href="https://github.com/nathanmarlor/foxess_modbus/issues/925"/>,
/// <see href="https://github.com/nymea/nymea/issues/491"/>, <see href="https://github.com/openhab/openhab-addons/issues/15810"/>
/// </summary>
public sealed class PortsThatMoveTests
{
    [Fact]
    public async Task An_adapter_that_comes_back_under_another_number_is_followed_by_its_name()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        string byId = Path.Combine(Path.GetTempPath(), $"flip-edge-by-id-{Guid.NewGuid():N}");
        await using IModbusClient client = ModbusClient.Create(ModbusEndpoint.Parse($"rtu://{byId}?baud=115200"));
        HashSet<string> ports = [];
        HostedDevice? held = null;
        try
        {
            for (int plugged = 0; plugged < 2; plugged++)
            {
                HostedDevice device = HostedDevice.OnPseudoTerminal(DeviceImages.Find("hybrid")!, 115200);
                if (held is not null) await held.DisposeAsync(); // only now, so that the number changes
                string port = ((ModbusRtuEndpoint)device.Endpoint).Port;
                Assert.True(ports.Add(port), "the port has the same number again");
                File.Delete(byId);
                File.CreateSymbolicLink(byId, port);
                WireRig.AssertRight((await new SunSpecNameplateReader(TimeProvider.System).ReadAsync(client, 1, ct)).Nameplate);
                held = device;
            }
        }
        finally
        {
            File.Delete(byId);
            await (held?.DisposeAsync() ?? default);
        }
    }
}
