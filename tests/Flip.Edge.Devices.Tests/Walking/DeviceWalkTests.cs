using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Devices.Tests.Probing;
using Flip.Edge.Devices.Walking;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Simulator.Devices.Families;

namespace Flip.Edge.Devices.Tests.Walking;

/// <summary>A walk is good when what is played from it is found, and read, as the device itself was.</summary>
public sealed class DeviceWalkTests
{
    /// <summary>What is of a family's maker, and no battery.</summary>
    private static readonly string[] NoBattery = ["deye-single-phase-string", "eg4-luxpower-gridboss"];

    public static TheoryData<string> Images =>
        ["hybrid", .. FamilyImages.All.Where(image => image.Profile is not null && !NoBattery.Contains(image.Name)).Select(image => image.Name)];

    [Theory]
    [MemberData(nameof(Images))]
    public async Task What_is_played_from_a_walk_has_the_nameplate_of_the_device(string name)
    {
        DeviceImage image = DeviceImages.Find(name)!;
        (string bus, ModbusEndpoint endpoint) = Place(image);
        Neighbourhood original = new Neighbourhood().With(bus, image.CreateDevice(Wire(bus)));
        RegisterWalk walk = await WalkAsync(original, endpoint);
        if (name != "sma-asleep") Assert.Null(walk.Stopped);

        WalkBank bank = new(WalkFile.Read(WalkFile.Write(walk)));
        Neighbourhood played = new Neighbourhood().With(bus, bank);

        Assert.Equal(await NameplateAsync(original, endpoint), await NameplateAsync(played, endpoint));
        Assert.InRange(walk.Reads.Count, 3, WalkReach.MostReads + 100);
    }

    [Fact]
    public async Task Of_a_SunSpec_map_every_model_is_read_whole()
    {
        Neighbourhood world = new Neighbourhood().With("tcp://h:502", new SimulatedDevice(DeviceImages.Find("hybrid")!.CreateMap(), DeviceWire.Tcp, 1));

        RegisterWalk walk = await WalkAsync(world, ModbusEndpoint.Parse("tcp://h:502?unit=1"));

        DeviceRegisters map = DeviceImages.Find("hybrid")!.CreateMap();
        HashSet<int> read = [.. walk.Reads.Where(read => read.Words is not null).SelectMany(read => Enumerable.Range(read.Address, read.Count))];
        Assert.Empty(map.Addresses.Select(address => (int)address).Except(read));
    }

    [Fact]
    public async Task A_device_that_no_profile_fits_is_walked_too_and_the_walk_says_why_it_was_not_read()
    {
        DeviceTables tables = new();
        for (ushort address = 0; address < 40; address++) tables.Holding(1).Define(address, (ushort)(7 * address));
        Neighbourhood world = new Neighbourhood().With("tcp://h:502", new SimulatedDevice(tables, DeviceWire.Tcp));

        RegisterWalk walk = await WalkAsync(world, ModbusEndpoint.Parse("tcp://h:502?unit=1"));

        Assert.NotNull(walk.Stopped);
        Assert.Null(walk.Profile);
        Assert.Contains(walk.Reads, read => read.Words is not null);
    }

    [Fact]
    public async Task Nobody_at_home_is_a_walk_that_says_so()
    {
        RegisterWalk walk = await WalkAsync(new Neighbourhood(), ModbusEndpoint.Parse("tcp://h:502?unit=1"));

        Assert.Contains("nothing listens", walk.Stopped, StringComparison.Ordinal);
        Assert.Empty(walk.Reads);
    }

    [Fact]
    public async Task A_device_that_answers_everything_is_not_read_without_end()
    {
        DeviceTables tables = new();
        foreach ((ushort address, ushort word) in new (ushort, ushort)[] { (40000, 0x5375), (40001, 0x6E53) }) tables.Holding(1).Define(address, word);
        // Models of one register each, as far as the address space goes.
        for (int address = 40002; address + 2 <= 65535; address += 3)
        {
            tables.Holding(1).Define((ushort)address, 64_111).Define((ushort)(address + 1), 1).Define((ushort)(address + 2), 0x8000);
        }

        Neighbourhood world = new Neighbourhood().With("tcp://h:502", new SimulatedDevice(tables, DeviceWire.Tcp));

        RegisterWalk walk = await WalkAsync(world, ModbusEndpoint.Parse("tcp://h:502?unit=1"));

        Assert.InRange(walk.Reads.Count, 1, WalkReach.MostReads + 200);
    }

    private static DeviceWire Wire(string bus) => bus.StartsWith("tcp:", StringComparison.Ordinal) ? DeviceWire.Tcp : DeviceWire.Rtu;

    private static (string Bus, ModbusEndpoint Endpoint) Place(DeviceImage image)
    {
        if (image.Profile is null) return ("tcp://h:502", ModbusEndpoint.Parse("tcp://h"));
        ProfileTransport transport = ProfileCatalog.Embedded.Find(image.Profile)!.Transport;
        return transport.TcpPorts.Count > 0 ? ($"tcp://h:{transport.TcpPorts[0]}", ModbusEndpoint.Parse("tcp://h"))
            : transport.RtuOverTcpPorts.Count > 0 ? ($"rtu+tcp://h:{transport.RtuOverTcpPorts[0]}", ModbusEndpoint.Parse("tcp://h"))
            : ("rtu:///dev/ttyUSB0", ModbusEndpoint.Parse("rtu:///dev/ttyUSB0"));
    }

    private static Task<RegisterWalk> WalkAsync(Neighbourhood world, ModbusEndpoint endpoint) =>
        new DeviceWalk(ProfileCatalog.Embedded, world.Connect, new ShortWaits()).WalkAsync("battery-1", endpoint, DeviceProbe.Auto, new(), TestContext.Current.CancellationToken);

    private static async Task<string> NameplateAsync(Neighbourhood world, ModbusEndpoint endpoint)
    {
        IdentifiedDevice found = await new DeviceProbe(ProfileCatalog.Embedded, world.Connect, new ShortWaits()).FindAsync(
            endpoint, DeviceProbe.Auto, new(), ProbeScope.Unattended, null, TestContext.Current.CancellationToken);
        Nameplate nameplate;
        try
        {
            nameplate = (await new DeviceReader(world.Connect, new ShortWaits()).ReadAsync(found, TestContext.Current.CancellationToken)).Nameplate;
        }
        catch (DeviceNotReadableException asleep)
        {
            return asleep.Message;
        }

        return string.Join(
            '\n',
            [
                found.Endpoint.ToString()!, nameplate.Profile, Text(nameplate.Manufacturer), Text(nameplate.Model), Text(nameplate.SerialNumber), Text(nameplate.Firmware),
                Text(nameplate.CapacityWh), Text(nameplate.MaxChargeW), Text(nameplate.MaxDischargeW), .. nameplate.Warnings.Select(warning => warning.Sentence),
            ]);
    }

    private static string Text<T>(NameplateField<T> field)
        where T : notnull => $"{field.State} {field.Value} {field.Kind} {field.Source} {string.Join(' ', field.Raw)} {field.Reason}";

    /// <summary>Pauses are over at once, and budgets never are.</summary>
    private sealed class ShortWaits : TimeProvider
    {
        private static readonly TimeSpan Budget = TimeSpan.FromSeconds(30);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime >= Budget || dueTime == Timeout.InfiniteTimeSpan ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
