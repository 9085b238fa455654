using Flip.Edge.Cli;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;

namespace Flip.Edge.Tests.Cli;

/// <summary>A person reads the table on a ladder, in 80 columns.</summary>
public sealed class ProbeTableTests
{
    private static readonly NameplateField<string> Text = NameplateField.Present("Acme", null, FieldKind.Rated, "SunSpec 1 Mn", [0x4163, 0x6D65]);
    private static readonly NameplateField<decimal> Missing = NameplateField.NotImplemented<decimal>("W", "here", "the device tells no power");

    [Fact]
    public async Task What_is_missing_says_where_to_type_it_and_says_why_only_once()
    {
        string table = await TableAsync(Missing, Missing, null);

        Assert.Contains("max. charge    not implemented      the device tells no power; type Overrides:MaxChargeW\n", table, StringComparison.Ordinal);
        Assert.Contains("max. discharge not implemented      as above; type Overrides:MaxDischargeW\n", table, StringComparison.Ordinal);
        Assert.Contains("capacity       INVALID              nonsense; type Overrides:CapacityWh\n", table, StringComparison.Ordinal);
        Assert.Single(table.Split('\n'), line => line.Contains("the device tells no power", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_neither_side_tells_a_limit_that_is_what_is_said()
    {
        string table = await TableAsync(Missing, Missing, null);

        Assert.Contains("charging: neither the battery nor the inverter tells a limit; the battery: not told;", table, StringComparison.Ordinal);
        Assert.DoesNotContain("only", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_one_side_tells_it_it_is_named_and_a_limited_value_shows_four_registers_at_most()
    {
        NameplateField<decimal> limited = NameplateField.Present(5000m, "W", FieldKind.Limited, "SunSpec 802", [1, 2, 3, 4, 5, 6]);
        string table = await TableAsync(limited, limited, null);

        Assert.Contains("charging: only the battery tells a limit: 5000 W (SunSpec 802); the inverter: not told", table, StringComparison.Ordinal);
        Assert.Contains("[0001 0002 0003 0004 …]", table, StringComparison.Ordinal);
        Assert.All(table.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
    }

    private static async Task<string> TableAsync(NameplateField<decimal> max, NameplateField<decimal> battery, LimitingPart? by)
    {
        Nameplate nameplate = new()
        {
            Profile = "sunspec@1",
            ReadAt = DateTimeOffset.UnixEpoch,
            Manufacturer = Text,
            Model = Text,
            SerialNumber = Text,
            Firmware = Text,
            CapacityWh = NameplateField.Invalid<decimal>("Wh", "here", "nonsense"),
            MaxChargeW = max,
            MaxDischargeW = max,
            Limits = new(battery, battery, Missing, Missing, Missing, by, by),
        };
        IdentifiedDevice device = new(ModbusEndpoint.Parse("tcp://h:502?unit=1"), ProfileCatalog.Embedded.Find("sunspec")!, 0, "it says so", [], new());
        await using StringWriter output = new() { NewLine = "\n" };
        await ProbeTable.WriteAsync(output, device, new(nameplate, 4, TimeSpan.FromMilliseconds(10)));
        return output.ToString();
    }
}
