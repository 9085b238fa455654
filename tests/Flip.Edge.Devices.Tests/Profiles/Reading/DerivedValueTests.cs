using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Devices.Tests.Profiles.Reading;

public sealed class DerivedValueTests
{
    private static readonly ProfileValue AmpereHours = new ProfileValue.Product([ProfileOf.Point("ah"), ProfileOf.Point("volts")]);

    [Fact]
    public async Task Ampere_hours_times_volts_is_an_estimate_that_a_person_confirms()
    {
        Nameplate nameplate = await ReadAsync(AmpereHours with { Kind = FieldKind.Rated });

        Assert.Equal((10_240m, FieldKind.Estimated), (nameplate.CapacityWh.Value, nameplate.CapacityWh.Kind));
        NameplateWarning warning = Assert.Single(nameplate.Warnings);
        Assert.Equal(("estimate", true, "CapacityWh"), (warning.Code, warning.NeedsPerson, warning.Override));
        Assert.Contains("200 Ah × 51.2 V = 10240 Wh", warning.Sentence, StringComparison.Ordinal);
        Assert.Contains("type Overrides:CapacityWh", warning.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Typing_the_value_settles_it()
    {
        Nameplate nameplate = new NameplateOverrides { CapacityWh = 10_000 }.ApplyTo(await ReadAsync(AmpereHours));

        Assert.Equal(FieldKind.Typed, nameplate.CapacityWh.Kind);
        Assert.DoesNotContain(nameplate.Warnings, warning => warning.NeedsPerson);
    }

    [Fact]
    public async Task An_estimate_never_stands_where_a_rating_is_and_makes_no_conflict()
    {
        Nameplate nameplate = await ReadAsync(AmpereHours, ProfileOf.Point("other"));

        Assert.Equal((5000m, FieldKind.Rated), (nameplate.CapacityWh.Value, nameplate.CapacityWh.Kind));
        Assert.Equal([("estimate", false)], nameplate.Warnings.Select(warning => (warning.Code, warning.NeedsPerson)));
    }

    [Fact]
    public async Task Estimates_of_two_readings_agree_although_the_voltage_moved()
    {
        ScriptedBank bank = new(new SimulatedDevice(Tables(), DeviceWire.Rtu), (_, _, _) => null)
        {
            Tamper = (number, address, words) =>
            {
                if (address <= 31 && 31 < address + words.Length) words.Span[31 - address] = (ushort)(512 + number);
            },
        };

        Nameplate nameplate = await ProfileOf.ReadAsync(Profile(AmpereHours), ProfileOf.Client(bank));

        Assert.Equal(FieldKind.Estimated, nameplate.CapacityWh.Kind);
        Assert.DoesNotContain(nameplate.Warnings, warning => warning.Code == "disagree");
    }

    [Fact]
    public async Task Two_ratings_that_differ_are_a_conflict()
    {
        Nameplate nameplate = await ReadAsync(ProfileOf.Point("capacity"), ProfileOf.Point("other"));

        Assert.Equal(10_000m, nameplate.CapacityWh.Value);
        Assert.Equal([("conflict", true)], nameplate.Warnings.Select(warning => (warning.Code, warning.NeedsPerson)));
    }

    [Fact]
    public async Task The_first_that_is_not_absent_decides_and_an_invalid_one_is_not_replaced()
    {
        Assert.Equal(5000m, (await ReadAsync(ProfileOf.Point("none"), ProfileOf.Point("other"))).CapacityWh.Value);
        Assert.Equal(FieldState.Invalid, (await ReadAsync(ProfileOf.Point("zero"), ProfileOf.Point("other"))).CapacityWh.State);
    }

    [Fact]
    public async Task A_sum_leaves_out_what_the_device_says_it_has_not_and_nothing_else()
    {
        static ProfileValue Sum(params string[] points) => new ProfileValue.Sum([.. points.Select(ProfileOf.Point)]);

        NameplateField<decimal> sum = (await ReadAsync(Sum("capacity", "other"))).CapacityWh;
        Assert.Equal((15_000m, "sum of holding 20 (0x0014) and holding 21 (0x0015)"), (sum.Value, sum.Source));
        Assert.Equal(10_000m, (await ReadAsync(Sum("capacity", "none"))).CapacityWh.Value);
        Assert.Equal(FieldState.Invalid, (await ReadAsync(Sum("capacity", "zero"))).CapacityWh.State);
        Assert.Equal(FieldState.NotImplemented, (await ReadAsync(Sum("capacity", "unserved"))).CapacityWh.State);
    }

    [Fact]
    public async Task A_quotient_is_an_estimate_and_nothing_is_divided_by_0()
    {
        NameplateField<decimal> field = (await ReadAsync(new ProfileValue.Quotient(ProfileOf.Point("capacity"), ProfileOf.Point("two")))).CapacityWh;

        Assert.Equal((5000m, FieldKind.Estimated), (field.Value, field.Kind));
        Assert.Equal(FieldState.Invalid, (await ReadAsync(new ProfileValue.Quotient(ProfileOf.Point("capacity"), ProfileOf.Point("nil")))).CapacityWh.State);
    }

    [Fact]
    public async Task A_code_is_looked_up_and_an_unknown_one_is_named()
    {
        Nameplate known = await ReadAsync(new ProfileValue.FromTable("sizes", "two"));
        Nameplate unknown = await ReadAsync(new ProfileValue.FromTable("sizes", "type"));

        Assert.Equal((13_500m, "table sizes of holding 24 (0x0018)"), (known.CapacityWh.Value, known.CapacityWh.Source));
        Assert.Equal(FieldState.NotImplemented, unknown.CapacityWh.State);
        Assert.Contains("says 7 (0x0007)", unknown.CapacityWh.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Digits_after_a_prefix_are_a_number()
    {
        Assert.Equal(7600m, (await ReadAsync(new ProfileValue.DigitsOf("model", "SE", 1))).CapacityWh.Value);
        Assert.Equal(FieldState.NotImplemented, (await ReadAsync(new ProfileValue.DigitsOf("model", "XY", 1))).CapacityWh.State);
    }

    [Fact]
    public async Task What_counts_only_under_a_condition_is_absent_without_it()
    {
        static ProfileValue When(long code) => ProfileOf.Point("capacity") with { When = new() { Point = "two", In = [code] } };

        Assert.Equal(10_000m, (await ReadAsync(When(2))).CapacityWh.Value);
        Assert.Equal(FieldState.NotImplemented, (await ReadAsync(When(3))).CapacityWh.State);
    }

    [Fact]
    public async Task Where_nothing_tells_it_the_profiles_sentence_asks_for_just_that_field()
    {
        Nameplate nameplate = await ReadAsync(ProfileOf.Point("none"), new ProfileValue.Missing("It is on the label."));

        Assert.Equal("holding 22 (0x0016) says that there is none (0xFFFF). It is on the label", nameplate.CapacityWh.Reason);
        Assert.Contains(MissingField.Of(nameplate), field => field.Override == "CapacityWh");
    }

    [Fact]
    public async Task What_rests_on_a_register_of_which_nobody_is_certain_is_confirmed_by_a_person()
    {
        DeviceProfile profile = Profile(ProfileOf.Point("guess")).With(ProfileOf.U16("guess", 20, "Wh") with { Evidence = ProfileOf.Unsure });

        Nameplate nameplate = await ProfileOf.ReadAsync(profile, Tables());

        Assert.Equal([("unsure", true, "CapacityWh")], nameplate.Warnings.Select(warning => (warning.Code, warning.NeedsPerson, warning.Override)));
    }

    [Fact]
    public async Task The_smaller_of_an_estimate_and_a_rating_rests_on_the_estimate_whichever_it_is()
    {
        DeviceProfile profile = ProfileOf.Registers(
            (ProfileField.BatteryChargeW, [new ProfileValue.Product([ProfileOf.Point("amps"), ProfileOf.Point("volts")])]),
            (ProfileField.InverterChargeW, [ProfileOf.Point("watts")])).With(Points);

        Nameplate nameplate = await ProfileOf.ReadAsync(profile, Tables());

        Assert.Equal((3000m, FieldKind.Limited), (nameplate.MaxChargeW.Value, nameplate.MaxChargeW.Kind));
        Assert.Contains(nameplate.Warnings, warning => warning is { Code: "estimate", NeedsPerson: true, Override: "MaxChargeW" });
    }

    private static readonly ProfilePoint[] Points =
    [
        ProfileOf.U16("other", 21, "Wh"), ProfileOf.U16("none", 22, "Wh"), ProfileOf.U16("zero", 23, "Wh"), ProfileOf.U16("two", 24),
        ProfileOf.U16("nil", 25), ProfileOf.U16("ah", 30, "Ah"), ProfileOf.U16("volts", 31, "V") with { Scale = 0.1m },
        ProfileOf.U16("amps", 32, "A"), ProfileOf.U16("watts", 33, "W"), ProfileOf.Text("model", 34, 6), ProfileOf.U16("unserved", 900, "Wh"),
    ];

    private static DeviceProfile Profile(params ProfileValue[] capacity) => ProfileOf.Registers((ProfileField.CapacityWh, capacity)).With(Points) with
    {
        Tables = new Dictionary<string, IReadOnlyDictionary<long, string>> { ["sizes"] = new Dictionary<long, string> { [2] = "13500" } },
    };

    private static Task<Nameplate> ReadAsync(params ProfileValue[] capacity) => ProfileOf.ReadAsync(Profile(capacity), Tables());

    private static DeviceTables Tables()
    {
        DeviceTables tables = new();
        tables.Holding(1).Fill(0, 50).U16(10, 7).U16(20, 10_000).U16(21, 5000).U16(22, 0xFFFF).U16(24, 2)
            .U16(30, 200).U16(31, 512).U16(32, 100).U16(33, 3000).Text(34, 6, "SE7600H-US");
        return tables;
    }
}
