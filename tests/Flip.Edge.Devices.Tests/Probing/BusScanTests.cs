using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Devices.Tests.Probing;

/// <summary>Sweeping is for a person who asked for it; it only reads, and what was found stays found.</summary>
public sealed class BusScanTests
{
    private const string Line = "rtu:///dev/ttyUSB0";
    private static readonly ScanWishes Quick = new(null, null, null, null, false);
    private readonly Neighbourhood _world = new();
    private readonly List<string> _news = [];
    private readonly BusScan _scan;

    public BusScanTests() => _scan = new(ProfileCatalog.Embedded, _world.Connect, new FakeTimeProvider());

    [Fact]
    public async Task Several_devices_on_one_line_are_all_found_each_with_what_proves_it()
    {
        _world.With(Line, Bus((2, Hybrid), (7, Neighbourhood.SunSpecMap("Acme Meters", "M1", (203, 105)))));

        await RunAsync(Rtu(Quick with { Units = [1, 2, 7] }));

        Assert.Equal(
            [($"{Line}?baud=9600&parity=none&stop=1&unit=2", DeviceKind.Battery, "123456789"), ($"{Line}?baud=9600&parity=none&stop=1&unit=7", DeviceKind.Meter, "M1")],
            _scan.Found.Select(found => (found.Endpoint.ToString(), found.Unit.Kind, found.SerialNumber!)));
        Assert.All(_scan.Found, found => Assert.Contains("a SunSpec map at 40000", found.Unit.Why, StringComparison.Ordinal));
        Assert.NotNull(_scan.Found[0].Nameplate);
        Assert.Null(_scan.Found[1].Nameplate);
    }

    [Fact]
    public async Task A_line_at_another_speed_is_found_and_then_no_other_speed_is_tried()
    {
        _world.With(Line, (endpoint, _) => endpoint is ModbusRtuEndpoint { BaudRate: 19200, Parity: SerialParity.None } ? Bus((1, Hybrid)) : Neighbourhood.Silent);

        await RunAsync(Rtu(Quick with { IsThorough = true }));

        Assert.Equal(19200, Assert.IsType<ModbusRtuEndpoint>(Assert.Single(_scan.Found).Endpoint).BaudRate);
        Assert.Equal([$"{Line} 9600 None", $"{Line} 19200 None", $"{Line} 19200 None"], _world.Connections);
    }

    [Fact]
    public async Task What_answers_and_is_unknown_is_told_as_that()
    {
        _world.With(Line, new SimulatedDevice(DeviceImages.Find("not-sunspec")!.CreateMap(), DeviceWire.Rtu, 5));
        await RunAsync(Rtu(Quick with { Units = [5] }));
        ScanFinding found = Assert.Single(_scan.Found);
        Assert.Null(found.Unit.Profile);
        Assert.Equal(DeviceKind.Unknown, found.Unit.Kind);
        Assert.Contains("is no SunSpec device", found.Unit.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_answers_to_any_unit_id_is_found_once_and_the_sweep_ends()
    {
        SimulatedDevice device = Images.Device("hybrid");
        _world.With("tcp://h:502", (_, _) => new AnyUnit(device));
        await RunAsync(ScanPlan.Tcp(["h"], new(null, [502], null, null, true), []));
        Assert.Equal(1, Assert.Single(_scan.Found).Unit.Unit);
        Assert.Contains(_scan.Notes, note => note.Came.Contains("it answers to any unit id", StringComparison.Ordinal));
        Assert.All(_world.Asked, asked => Assert.InRange(asked.Unit, 0, 5));
    }

    [Fact]
    public async Task A_port_that_is_refused_is_asked_once_and_the_others_are_gone_on_with()
    {
        _world.With("tcp://two:502", Images.Device("hybrid"));
        await RunAsync(ScanPlan.Tcp(["one", "two"], new([1], [502], null, null, false), []));
        Assert.Equal("tcp://two:502?unit=1", Assert.Single(_scan.Found).Endpoint.ToString());
        Assert.Single(_world.Asked, asked => asked.Bus == "tcp://one:502");
        Assert.Contains(_scan.Notes, note => note.Endpoint.Bus == "tcp://one:502" && note.Came.Contains("nothing listens", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RTU_frames_over_TCP_are_found_out()
    {
        _world.With("tcp://h:502", Neighbourhood.OtherFraming("tcp://h:502")).With("rtu+tcp://h:502", Images.Device("hybrid"));
        await RunAsync(ScanPlan.Tcp(["h"], new([1], [502], null, null, false), []));
        Assert.Equal("rtu+tcp://h:502?unit=1", Assert.Single(_scan.Found).Endpoint.ToString());
    }

    [Fact]
    public async Task What_was_found_stays_when_it_is_broken_off()
    {
        using CancellationTokenSource stop = new();
        SimulatedDevice device = Images.Device("hybrid");
        _world.With(Line, (_, _) => new StopsAt(device, 9, stop));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _scan.RunAsync(Rtu(Quick with { Units = [1, 9, 10] }), new(), null, null, stop.Token));
        Assert.Single(_scan.Found);
        Assert.DoesNotContain(_world.Asked, asked => asked.Unit == 10);
    }

    [Fact]
    public async Task Two_meters_with_a_placeholder_for_a_serial_number_are_two()
    {
        _world.With(Line, Bus((1, Neighbourhood.SunSpecMap("Acme Meters", "0000000000", (203, 105))), (2, Neighbourhood.SunSpecMap("Acme Meters", "0000000000", (203, 105)))));
        await RunAsync(Rtu(Quick with { Units = [1, 2] }));
        Assert.Equal([1, 2], _scan.Found.Select(found => (int)found.Endpoint.Unit));
        Assert.All(_scan.Found, found => Assert.Null(found.SerialNumber));
    }

    [Fact]
    public async Task Two_batteries_with_a_placeholder_for_a_serial_number_are_two()
    {
        DeviceRegisters nameless = Neighbourhood.SunSpecMap("Acme", "0000000000", (103, 50), (124, 24));
        _world.With(Line, Bus((1, nameless), (2, nameless)));
        await RunAsync(Rtu(Quick with { Units = [1, 2] }));
        Assert.Equal([(1, DeviceKind.Battery), (2, DeviceKind.Battery)], _scan.Found.Select(found => ((int)found.Endpoint.Unit, found.Unit.Kind)));
    }

    [Fact]
    public async Task What_answers_alike_at_every_unit_id_without_a_serial_number_ends_the_sweep_too()
    {
        SimulatedDevice device = new(Neighbourhood.SunSpecMap("Acme Meters", "0000000000", (203, 105)), DeviceWire.Rtu, 1);
        _world.With("tcp://h:502", (_, _) => new AnyUnit(device));
        await RunAsync(ScanPlan.Tcp(["h"], new(null, [502], null, null, true), []));
        Assert.Equal([0, 1, 2, 3, 4, 5], _scan.Found.Select(found => (int)found.Endpoint.Unit).Order());
        Assert.Contains(_scan.Notes, note => note.Came.Contains("no serial number tells whether it is one device", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_unit_that_answered_is_kept_when_it_is_broken_off_before_it_is_known()
    {
        using CancellationTokenSource stop = new();
        SimulatedDevice device = Images.Device("hybrid");
        _world.With(Line, (_, _) => new StopsAt(device, 1, stop) { Address = 40000 });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _scan.RunAsync(Rtu(Quick with { Units = [1] }), new(), null, null, stop.Token));
        Assert.Contains("broken off before it was known", Assert.Single(_scan.Found).Unit.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_of_a_connection_does_not_name_it_again()
    {
        await RunAsync(ScanPlan.Tcp(["::1"], new([1], [502], null, null, false), []));
        Assert.Equal("nothing listens at tcp://[::1]:502 (Refused)", Assert.Single(_scan.Notes).Came);
        Assert.Equal("tcp://[::1]:502: nothing listens at tcp://[::1]:502 (Refused)", _news[^1]);
    }

    [Fact]
    public async Task It_tells_of_every_connection_and_of_everything_it_finds()
    {
        _world.With(Line, Bus((1, Hybrid)));
        await RunAsync(Rtu(Quick with { Units = [1, 2], BaudRates = [9600], Parities = [SerialParity.None] }));
        Assert.Equal(
            [
                $"{Line} at 9600 baud 8N1: asking 2 unit ids, 1 to 2",
                $"found at {Line}?baud=9600&parity=none&stop=1&unit=1: {ProfileCatalog.Embedded.Find("sunspec")!.Title}",
                $"{Line} at 9600 baud 8N1: 1 of 2 unit ids answer",
            ],
            _news);
    }

    private static DeviceRegisters Hybrid => DeviceImages.Find("hybrid")!.CreateMap();

    private static IReadOnlyList<ScanLane> Rtu(ScanWishes wishes) => ScanPlan.Rtu("/dev/ttyUSB0", wishes, []);

    private static SimulatedDevice Bus(params (byte Unit, DeviceRegisters Map)[] devices)
    {
        DeviceTables tables = new();
        foreach ((byte unit, DeviceRegisters map) in devices)
        {
            foreach (ushort address in map.Addresses) tables.Holding(unit).Define(address, map[address]);
        }

        return new(tables, DeviceWire.Rtu);
    }

    private Task RunAsync(IReadOnlyList<ScanLane> lanes) => _scan.RunAsync(lanes, new(), null, new Listening(_news), TestContext.Current.CancellationToken);

    private sealed class Listening(List<string> news) : IProgress<string>
    {
        public void Report(string value) => news.Add(value);
    }

    private sealed class AnyUnit(IRegisterBank inner) : IRegisterBank
    {
        public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination) => inner.Read(1, function, address, destination);

        public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => throw new InvalidOperationException("a scan never writes");
    }

    private sealed class StopsAt(IRegisterBank inner, byte at, CancellationTokenSource stop) : IRegisterBank
    {
        public ushort? Address { get; init; }

        public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
        {
            if (unit == at && (Address ?? address) == address) stop.Cancel();
            return inner.Read(unit, function, address, destination);
        }

        public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => throw new InvalidOperationException("a scan never writes");
    }
}
