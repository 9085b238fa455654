using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Tests.Nameplates;

public sealed class NameplateAgreementTests
{
    private static readonly NameplateField<string> Name = NameplateField.Present("X", null, FieldKind.Rated, "holding 0", []);

    [Theory]
    [InlineData(10_000, 10_000)]
    [InlineData(10_000, 10_500)]
    [InlineData(10_500, 10_000)]
    public void Two_estimates_within_five_percent_agree_and_the_later_stands(int first, int then)
    {
        Nameplate one = Plate(Watts(first, FieldKind.Estimated)), two = Plate(Watts(then, FieldKind.Estimated));

        Assert.True(NameplateAgreement.Agree(one, two));
        Assert.Equal(then, NameplateAgreement.Merge(one, two).MaxChargeW.Value);
    }

    [Theory]
    [InlineData(FieldKind.Estimated, FieldKind.Estimated, 10_000, 10_600)]
    [InlineData(FieldKind.Estimated, FieldKind.Estimated, 10_600, 10_000)]
    [InlineData(FieldKind.Rated, FieldKind.Rated, 10_000, 10_001)]
    [InlineData(FieldKind.Configured, FieldKind.Configured, 10_000, 10_001)]
    [InlineData(FieldKind.Limited, FieldKind.Limited, 10_000, 10_001)]
    [InlineData(FieldKind.Rated, FieldKind.Estimated, 10_000, 10_001)]
    [InlineData(FieldKind.Estimated, FieldKind.Rated, 10_000, 10_001)]
    public void Estimates_further_apart_and_any_two_others_that_differ_are_invalid(FieldKind kind, FieldKind thenKind, int first, int then)
    {
        Nameplate one = Plate(Watts(first, kind)), two = Plate(Watts(then, thenKind));

        Assert.False(NameplateAgreement.Agree(one, two));
        NameplateField<decimal> merged = NameplateAgreement.Merge(one, two).MaxChargeW;
        Assert.Equal(FieldState.Invalid, merged.State);
        Assert.StartsWith("two readings of the charge power differ", merged.Reason, StringComparison.Ordinal);
    }

    /// <summary>A replay gave the first unit's 5000 W for all, and another hid the second unit: 5000 W both times, and 10,000 W in truth.</summary>
    [Fact]
    public void The_same_number_out_of_another_register_is_no_agreement()
    {
        Nameplate one = Plate(Watts(5000, FieldKind.Rated, "holding 37007")), two = Plate(Watts(5000, FieldKind.Rated, "holding 37046"));

        Assert.False(NameplateAgreement.Agree(one, two));
        Assert.Equal(
            "two readings of the charge power differ: first 5000 W (holding 37007), then 5000 W (holding 37046)", NameplateAgreement.Merge(one, two).MaxChargeW.Reason);
    }

    /// <summary>Of three batteries alike one was hidden in each reading, and each time another: the sums are the same, and wrong.</summary>
    [Fact]
    public void The_same_sum_over_other_batteries_is_no_agreement()
    {
        Nameplate one = Plate(Watts(5000, FieldKind.Rated), "A", "B"), two = Plate(Watts(5000, FieldKind.Rated), "A", "C");

        Assert.False(NameplateAgreement.Agree(one, two));
        Assert.True(NameplateAgreement.Agree(one, Plate(Watts(5000, FieldKind.Rated), "A", "B")));
        Nameplate merged = NameplateAgreement.Merge(one, two);
        Assert.Equal((FieldState.Invalid, FieldState.Invalid, FieldState.Invalid), (merged.CapacityWh.State, merged.MaxChargeW.State, merged.MaxDischargeW.State));
        Assert.Contains("\"C\"", merged.CapacityWh.Reason, StringComparison.Ordinal);
        Assert.True(merged.SerialNumber.IsPresent);
    }

    private static NameplateField<decimal> Watts(decimal watts, FieldKind kind, string source = "holding 1") => NameplateField.Present(watts, "W", kind, source, []);

    private static Nameplate Plate(NameplateField<decimal> charge, params string[] batteries)
    {
        NameplateField<decimal> energy = NameplateField.Present(10_000m, "Wh", FieldKind.Rated, "holding 2", []), power = Watts(4000, FieldKind.Rated, "holding 3");
        return new()
        {
            Profile = "acme@1",
            ReadAt = DateTimeOffset.UnixEpoch,
            Manufacturer = Name,
            Model = Name,
            SerialNumber = Name,
            Firmware = Name,
            CapacityWh = energy,
            MaxChargeW = charge,
            MaxDischargeW = power,
            Limits = new(charge, power, power, power, power, null, null),
            Batteries =
            [
                .. batteries.Select(serial => new BatteryNameplate
                {
                    Manufacturer = Name,
                    Model = Name,
                    SerialNumber = NameplateField.Present(serial, null, FieldKind.Rated, "holding 4", []),
                    Firmware = Name,
                    CapacityWh = energy,
                    ChargeW = power,
                    DischargeW = power,
                }),
            ],
        };
    }
}
