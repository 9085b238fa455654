using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Devices.Tests.Profiles.Reading;

/// <summary>Small profiles and devices for the tests of the reader.</summary>
internal static class ProfileOf
{
    public static readonly ProfileEvidence Certain = new(["test"], Confidence.TwoSources);

    public static readonly ProfileEvidence Unsure = new(["test"], Confidence.Unsure);

    /// <summary>A type code of 7 at 10, and a capacity in Wh at 20, with the fields given on top.</summary>
    public static DeviceProfile Registers(params (ProfileField Field, ProfileValue[] Values)[] fields) => new()
    {
        Name = "acme",
        Version = 3,
        Title = "ACME Battery",
        Brands = ["ACME"],
        Map = ProfileMap.Registers,
        Points = Points(U16("type", 10), U16("capacity", 20, "Wh")),
        Anchor = [new() { Point = "type", In = [7] }],
        Nameplate = fields.ToDictionary(field => field.Field, field => (IReadOnlyList<ProfileValue>)field.Values),
    };

    public static DeviceProfile With(this DeviceProfile profile, params ProfilePoint[] points) =>
        profile with { Points = Points([.. profile.Points.Values, .. points]) };

    public static ProfilePoint U16(string name, int address, string? unit = null) => new()
    {
        Name = name,
        Address = address,
        Type = PointType.U16,
        Registers = 1,
        Unit = unit,
        Zero = unit is null ? ZeroMeaning.Value : ZeroMeaning.Invalid,
        Sentinels = [0xFFFF],
        Evidence = Certain,
    };

    public static ProfilePoint Text(string name, int address, int registers) =>
        new() { Name = name, Address = address, Type = PointType.Text, Registers = registers, Evidence = Certain };

    public static ProfileQuirk<T> Quirk<T>(T value) => new(value, Certain);

    public static ProfileValue Point(string name) => new ProfileValue.OfPoint(name);

    /// <summary>A device whose unit 1 has the type code and a capacity of 10000 Wh.</summary>
    public static DeviceTables Device()
    {
        DeviceTables tables = new();
        tables.Holding(1).U16(10, 7).U16(20, 10_000);
        return tables;
    }

    public static BankClient Client(DeviceTables tables, DeviceWire wire = DeviceWire.Rtu) => Client(new SimulatedDevice(tables, wire));

    public static BankClient Client(IRegisterBank bank, ModbusClientOptions? options = null) => new(bank, null, options);

    public static async Task<Nameplate> ReadAsync(DeviceProfile profile, DeviceTables tables)
    {
        await using BankClient client = Client(tables);
        return await ReadAsync(profile, client);
    }

    public static async Task<Nameplate> ReadAsync(DeviceProfile profile, IModbusClient client) =>
        (await new NameplateReader(new HurriedTime()).ReadAsync(client, 1, profile, TestContext.Current.CancellationToken)).Nameplate;

    private static Dictionary<string, ProfilePoint> Points(params ProfilePoint[] points) => points.ToDictionary(point => point.Name);
}
