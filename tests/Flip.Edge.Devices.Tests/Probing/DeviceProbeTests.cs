using System.Text;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Devices.Tests.Probing;

public sealed class DeviceProbeTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Neighbourhood _world = new();
    private readonly List<ProbeStep> _steps = [];

    [Fact]
    public async Task A_SunSpec_device_is_found_without_asking_for_anything_else()
    {
        _world.With("tcp://h:502", Images.Device("hybrid"));

        IdentifiedDevice found = await FindAsync("tcp://h");

        Assert.Equal(("tcp://h:502?unit=1", "sunspec", true), (found.Endpoint.ToString(), found.Profile.Name, found.Endpoint.IsUnitGiven));
        Assert.Contains("a SunSpec map at 40000 of \"DeviceMaker\"", found.Why, StringComparison.Ordinal);
        Assert.Empty(found.Warnings);
        Assert.All(_world.Asked, asked => Assert.Equal((1, 3, true), (asked.Unit, asked.Function, asked.Address >= 40000)));
    }

    [Fact]
    public async Task Where_502_is_refused_the_other_ports_are_tried()
    {
        _world.With("tcp://h:1502", Images.Device("hybrid"));
        Assert.Equal("tcp://h:1502?unit=1", (await FindAsync("tcp://h")).Endpoint.ToString());
    }

    [Fact]
    public async Task A_port_that_was_given_is_the_only_one_that_is_tried()
    {
        _world.With("tcp://h:1502", Images.Device("hybrid"));
        DeviceNotFoundException failed = await Assert.ThrowsAsync<DeviceNotFoundException>(() => FindAsync("tcp://h:502"));
        Assert.Contains("nothing listens at tcp://h:502", failed.Message, StringComparison.Ordinal);
        Assert.All(_world.Connections, connection => Assert.StartsWith("tcp://h:502 ", connection, StringComparison.Ordinal));
    }

    [Fact]
    public async Task When_every_port_is_refused_all_that_were_tried_are_named()
    {
        DeviceNotFoundException failed = await Assert.ThrowsAsync<DeviceNotFoundException>(() => FindAsync("tcp://h"));
        Assert.Contains("also tried: tcp://h:1502, ", failed.Message, StringComparison.Ordinal);
        Assert.Contains("off until it is switched on in the menu", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_is_not_there_is_not_asked_at_every_port()
    {
        _world.With("tcp://h:502", Neighbourhood.Failing(ModbusConnectionFailure.Unreachable, "tcp://h:502"));
        await Assert.ThrowsAsync<DeviceNotFoundException>(() => FindAsync("tcp://h"));
        Assert.Single(_world.Connections);
    }

    [Fact]
    public async Task A_device_server_that_speaks_RTU_over_TCP_is_found_by_its_other_frames()
    {
        _world.With("tcp://h:502", Neighbourhood.OtherFraming("tcp://h:502")).With("rtu+tcp://h:502", Images.Device("hybrid"));
        Assert.Equal("rtu+tcp://h:502?unit=1", (await FindAsync("tcp://h:502")).Endpoint.ToString());
    }

    [Fact]
    public async Task A_device_server_that_drops_what_is_no_RTU_frame_is_found_too()
    {
        _world.With("tcp://h:502", Neighbourhood.Silent).With("rtu+tcp://h:502", Images.Device("hybrid"));
        Assert.Equal("rtu+tcp://h:502?unit=1", (await FindAsync("tcp://h:502?unit=1")).Endpoint.ToString());
    }

    [Fact]
    public async Task A_dongle_that_swallows_the_first_seconds_is_opened_again_with_a_pause()
    {
        _world.With("tcp://h:502", (_, options) => options.ConnectDelay < TimeSpan.FromSeconds(4) ? Neighbourhood.Silent : Images.Device("hybrid"));
        IdentifiedDevice found = await FindAsync("tcp://h:502?unit=1");
        Assert.InRange(found.Options.ConnectDelay, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5));
        Assert.Contains(_steps, step => step.Came.Contains("it is opened anew, with a pause", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_device_that_drops_a_quiet_link_is_asked_at_once()
    {
        DeviceProfile slow = ProfileCatalog.Embedded.Find("sunspec")! with { Quirks = new() { ConnectDelay = SampleFamilies.Quirk(TimeSpan.FromSeconds(3)) } };
        _world.With("tcp://h:502", (_, options) => options.ConnectDelay > TimeSpan.Zero ? Neighbourhood.Failing(ModbusConnectionFailure.Lost, "tcp://h:502") : Images.Device("hybrid"));
        LaneOpening opening = new(_world.Connect, new(), null);
        (IModbusClient client, _) = await opening.OpenAsync(
            ModbusEndpoint.Parse("tcp://h:502"), new ModbusWishes().OptionsFor(slow), [1], true, TestContext.Current.CancellationToken);
        await client.DisposeAsync();
        Assert.Equal(TimeSpan.Zero, client.Options.ConnectDelay);
    }

    [Fact]
    public async Task A_pause_that_a_person_has_set_is_not_tampered_with()
    {
        _world.With("tcp://h:502", Neighbourhood.Silent);
        await Assert.ThrowsAsync<DeviceNotFoundException>(() => FindAsync("tcp://h:502?unit=1", wishes: new() { ConnectDelay = TimeSpan.FromSeconds(2) }));
        Assert.All(_world.Connections, connection => Assert.EndsWith("delay 2", connection, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_unit_id_that_was_left_open_is_found_behind_a_gateway()
    {
        // The gateway says exception 11 for unit 1; no anchor is tried there.
        _world.With("tcp://h:502", new SimulatedDevice(DeviceImages.Find("hybrid")!.CreateMap(), DeviceWire.Tcp, 201));
        Assert.Equal("tcp://h:502?unit=201", (await FindAsync("tcp://h:502")).Endpoint.ToString());
        Assert.All(_world.Asked.Where(asked => asked.Unit == 1), asked => Assert.Equal((3, 40000), (asked.Function, asked.Address)));
    }

    [Fact]
    public async Task Behind_a_gateway_without_that_unit_the_exception_is_told()
    {
        _world.With("tcp://h:502", Images.Device("hybrid", DeviceWire.Tcp));
        DeviceNotFoundException failed = await Assert.ThrowsAsync<DeviceNotFoundException>(() => FindAsync("tcp://h:502?unit=9"));
        Assert.Contains("exception 11, no device answers behind the inverter, dongle or serial server; check the unit id", failed.Message, StringComparison.Ordinal);
        // Once is enough; and "the gateway" is the box that this runs on.
        Assert.Equal(2, failed.Message.Split("check the unit id").Length);
        Assert.DoesNotContain("gateway", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_that_answers_and_is_unknown_is_no_silence_and_says_what_to_do()
    {
        _world.With("tcp://h:502", Images.Device("not-sunspec"));
        DeviceNotReadableException failed = await Assert.ThrowsAsync<DeviceNotReadableException>(() => FindAsync("tcp://h:502?unit=1"));
        Assert.Contains("tcp://h:502 unit 1 answers, but is no SunSpec device", failed.Message, StringComparison.Ordinal);
        Assert.Contains("; it is none of the ", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("anchor", failed.Message, StringComparison.Ordinal);
        Assert.Contains("flip-edge scan tcp h", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_meter_at_the_first_unit_does_not_hide_the_inverter_at_the_next()
    {
        DeviceTables tables = DeviceTables.Same(Neighbourhood.SunSpecMap("Meter", "M1", (203, 105)), 1);
        DeviceRegisters hybrid = DeviceImages.Find("hybrid")!.CreateMap();
        foreach (ushort address in hybrid.Addresses) tables.Holding(201).Define(address, hybrid[address]);
        _world.With("tcp://h:502", new SimulatedDevice(tables, DeviceWire.Tcp));
        Assert.Equal(201, (await FindAsync("tcp://h:502")).Unit);
    }

    [Fact]
    public async Task A_meter_that_is_all_there_is_comes_with_a_warning()
    {
        _world.With("tcp://h:502", new SimulatedDevice(Neighbourhood.SunSpecMap("Meter", "M1", (203, 105)), DeviceWire.Tcp));
        IdentifiedDevice found = await FindAsync("tcp://h:502");
        Assert.Contains("this is a meter", Assert.Single(found.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_makers_profile_that_does_not_fit_its_own_SunSpec_map_falls_back_to_the_standard_with_a_warning()
    {
        _world.With("tcp://h:502", new SimulatedDevice(Neighbourhood.SunSpecMap("KOSTAL", "K1", (103, 50), (802, 62)), DeviceWire.Rtu, 1));
        IdentifiedDevice found = await FindAsync("tcp://h:502?unit=1");
        Assert.Equal("sunspec", found.Profile.Name);
        Assert.Contains("the profile kostal-plenticore does not fit", Assert.Single(found.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_anchors_that_hold_the_first_wins_and_the_others_are_named()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("flip-edge-profiles-");
        try
        {
            string json = Encoding.UTF8.GetString(ProfileCatalog.BuiltInFile("sungrow-sh"));
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "sungrow-copy.json"), json.Replace("\"sungrow-sh\"", "\"sungrow-copy\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
            _world.With("tcp://h:502", new SimulatedDevice(DeviceImages.Find("sungrow-sh")!.CreateTables(), DeviceWire.Tcp));

            IdentifiedDevice found = await FindAsync("tcp://h:502", catalog: ProfileCatalog.Load(folder.FullName));

            Assert.Equal("sungrow-copy", found.Profile.Name);
            Assert.Collection(
                found.Warnings,
                other => Assert.Contains("the profile sungrow-sh would fit as well", other, StringComparison.Ordinal),
                whose => Assert.Contains("sungrow-copy@1 is this gateway's own", whose, StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_device_that_answers_nothing_but_zeros_is_asleep()
    {
        _world.With("tcp://h:502", Neighbourhood.Answering((_, _, _) => null));
        DeviceNotReadableException failed = await Assert.ThrowsAsync<DeviceNotReadableException>(() => FindAsync("tcp://h:502?unit=1"));
        Assert.Contains("asleep or starting", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_asked_before_the_reading_when_a_profile_and_everything_else_was_given()
    {
        IdentifiedDevice found = await FindAsync("tcp://h:502?unit=3", "sma");
        Assert.Equal(("sma", 3), (found.Profile.Name, found.Unit));
        Assert.Empty(_world.Connections);
    }

    [Fact]
    public async Task A_family_without_Modbus_is_a_sentence_and_no_time_out()
    {
        DeviceNotReadableException failed = await Assert.ThrowsAsync<DeviceNotReadableException>(() => FindAsync("tcp://h", "enphase"));
        Assert.Equal(ProfileCatalog.Embedded.Find("enphase")!.NoModbus, failed.Message);
        Assert.Empty(_world.Connections);
    }

    [Fact]
    public async Task A_family_that_was_named_and_refuses_says_how_its_Modbus_is_switched_on()
    {
        DeviceNotFoundException failed = await Assert.ThrowsAsync<DeviceNotFoundException>(() => FindAsync("tcp://h", "solaredge"));
        Assert.Contains(ProfileCatalog.Embedded.Find("solaredge")!.Transport.Enable!.TrimEnd('.'), failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_serial_line_nobody_but_the_endpoints_unit_is_asked_unattended()
    {
        _world.With("rtu:///dev/ttyUSB0", Neighbourhood.Silent);
        await Assert.ThrowsAsync<DeviceNotFoundException>(() => FindAsync("rtu:///dev/ttyUSB0", scope: ProbeScope.Unattended));
        Assert.All(_world.Asked, asked => Assert.Equal(1, asked.Unit));
        Assert.Equal(["rtu:///dev/ttyUSB0 9600 None"], _world.Connections);
    }

    [Fact]
    public async Task A_serial_line_at_another_speed_is_found_for_a_person()
    {
        _world.With("rtu:///dev/ttyUSB0", (endpoint, _) => endpoint is ModbusRtuEndpoint { BaudRate: 19200 } ? Images.Device("hybrid") : Neighbourhood.Silent);
        Assert.Equal("rtu:///dev/ttyUSB0?baud=19200&parity=none&stop=1&unit=1", (await FindAsync("rtu:///dev/ttyUSB0")).Endpoint.ToString());
    }

    [Fact]
    public async Task A_unit_that_says_nothing_is_given_up_long_before_every_family_was_asked()
    {
        _world.With("tcp://h:502", Neighbourhood.Silent).With("rtu+tcp://h:502", Neighbourhood.Silent);
        await Assert.ThrowsAsync<DeviceNotFoundException>(() => FindAsync("tcp://h:502?unit=1"));
        Assert.InRange(_world.Asked.Count, 12, 25);
    }

    [Fact]
    public async Task It_gives_up_when_its_time_is_spent_and_says_so()
    {
        TimeSpan second = TimeSpan.FromSeconds(1);
        _world.With("tcp://h:502", Neighbourhood.Answering((_, _, _) =>
        {
            _time.Advance(second);
            return IRegisterBank.NoReply;
        }));
        DeviceNotFoundException failed = await Assert.ThrowsAsync<DeviceNotFoundException>(
            () => FindAsync("tcp://h:502", scope: new(true, true, TimeSpan.FromSeconds(5))));
        Assert.Contains("after 5 s it was given up", failed.Message, StringComparison.Ordinal);
        Assert.InRange(_world.Asked.Count, 4, 6);
    }

    private Task<IdentifiedDevice> FindAsync(string endpoint, string profile = DeviceProbe.Auto, ModbusWishes? wishes = null, ProbeScope? scope = null, ProfileCatalog? catalog = null) =>
        new DeviceProbe(catalog ?? ProfileCatalog.Embedded, _world.Connect, _time).FindAsync(
            ModbusEndpoint.Parse(endpoint), profile, wishes ?? new(), scope ?? ProbeScope.Person, new Watching(_steps), TestContext.Current.CancellationToken);

    private sealed class Watching(List<ProbeStep> steps) : IProgress<ProbeStep>
    {
        public void Report(ProbeStep value) => steps.Add(value);
    }
}
