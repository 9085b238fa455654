using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.SunSpec;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Simulator.Hostile;

namespace Flip.Edge.Pitfalls;

/// <summary>A simulated hybrid inverter behind a real socket or pseudo-terminal that misbehaves, and a client that reads its nameplate.</summary>
internal sealed class WireRig : IAsyncDisposable
{
    /// <summary>Scaled down, so that what lasts 1.5 s in the field lasts 0.6 s here. This leaves 200 ms for a machine that is busy.</summary>
    public static readonly ModbusClientOptions Quick = new() { ResponseTimeout = TimeSpan.FromMilliseconds(400) };

    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(60), TimeProvider.System);

    private WireRig(HostedDevice device, ModbusEndpoint endpoint, ModbusClientOptions? options)
    {
        Device = device;
        Client = ModbusClient.Create(endpoint, options ?? Quick);
    }

    public HostedDevice Device { get; }

    public IModbusClient Client { get; }

    public static DeviceBehaviour Named(string name) => Behaviours.Find(name) ?? throw new ArgumentException($"no behaviour {name}", nameof(name));

    public static async Task<WireRig> OnTcpAsync(ModbusClientOptions? options, params DeviceBehaviour[] behaviours)
    {
        HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0, behaviours);
        return new(device, device.Endpoint, options);
    }

    /// <summary>The same port, as a client takes it that expects RTU frames there.</summary>
    public static async Task<WireRig> OnRtuOverTcpAsync(ModbusClientOptions? options, params DeviceBehaviour[] behaviours)
    {
        HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0, behaviours);
        ModbusTcpEndpoint tcp = (ModbusTcpEndpoint)device.Endpoint;
        return new(device, new ModbusRtuOverTcpEndpoint(tcp.Host, tcp.Port, 1), options);
    }

    public static WireRig OnLine(ModbusClientOptions? options, params DeviceBehaviour[] behaviours)
    {
        HostedDevice device = HostedDevice.OnPseudoTerminal(DeviceImages.Find("hybrid")!, 115200, behaviours);
        return new(device, device.Endpoint, options);
    }

    public static Task<WireRig> OnAsync(HostileWires wire, ModbusClientOptions? options, params DeviceBehaviour[] behaviours) =>
        wire == HostileWires.Tcp ? OnTcpAsync(options, behaviours) : Task.FromResult(OnLine(options, behaviours));

    public async Task<Nameplate> ReadAsync() => (await new SunSpecNameplateReader(TimeProvider.System).ReadAsync(Client, 1, _limit.Token)).Nameplate;

    /// <summary>Reads, and finds every field right.</summary>
    public async Task ReadRightlyAsync() => AssertRight(await ReadAsync());

    public static void AssertRight(Nameplate nameplate)
    {
        Assert.True(nameplate.CapacityWh.IsPresent && nameplate.MaxChargeW.IsPresent && nameplate.MaxDischargeW.IsPresent
            && nameplate.Manufacturer.IsPresent && nameplate.Model.IsPresent && nameplate.SerialNumber.IsPresent, $"{nameplate}");
        AssertNothingMadeUp(nameplate);
        Assert.DoesNotContain(nameplate.Warnings, warning => warning.NeedsPerson);
    }

    /// <summary>Whatever is present is right.</summary>
    public static void AssertNothingMadeUp(Nameplate nameplate)
    {
        Assert.True(!nameplate.CapacityWh.IsPresent || nameplate.CapacityWh.Value == 15_000, $"{nameplate.CapacityWh}");
        Assert.True(!nameplate.MaxChargeW.IsPresent || nameplate.MaxChargeW.Value == 6000, $"{nameplate.MaxChargeW}");
        Assert.True(!nameplate.MaxDischargeW.IsPresent || nameplate.MaxDischargeW.Value == 7500, $"{nameplate.MaxDischargeW}");
        Assert.True(!nameplate.SerialNumber.IsPresent || nameplate.SerialNumber.Value == "123456789", $"{nameplate.SerialNumber}");
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Device.DisposeAsync();
        _limit.Dispose();
    }
}
