using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.SunSpec;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Devices.Tests;

/// <summary>Reads the simulator's images, whose registers are laid out by code that shares nothing with the reader.</summary>
internal static class Images
{
    public static SimulatedDevice Device(string image, DeviceWire wire = DeviceWire.Rtu) =>
        new((DeviceImages.Find(image) ?? throw new ArgumentException($"no image {image}", nameof(image))).CreateMap(), wire);

    public static async Task<Nameplate> ReadAsync(string image)
    {
        await using BankClient client = new(Device(image));
        return (await ReadAsync(client)).Nameplate;
    }

    public static Task<NameplateReading> ReadAsync(IModbusClient client) =>
        new SunSpecNameplateReader(new FakeTimeProvider()).ReadAsync(client, 1, TestContext.Current.CancellationToken);
}
