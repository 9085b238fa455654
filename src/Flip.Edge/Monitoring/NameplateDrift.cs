using System.Globalization;
using Flip.Edge.Commissioning;
using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Monitoring;

/// <summary>
/// Tells where a device is no longer what was commissioned: a battery was exchanged, or grew. It is shown and never sent by itself,
/// because only a person knows whether the home or the register changed.
/// </summary>
internal static class NameplateDrift
{
    public static IReadOnlyList<NameplateWarning> Of(CommissionedDevice commissioned, Nameplate nameplate) =>
    [
        .. Text("serial number", commissioned.SerialNumber, nameplate.SerialNumber),
        .. Number("capacity", "Wh", commissioned.CapacityWh, nameplate.CapacityWh),
        .. Number("charge power", "W", commissioned.MaxChargeW, nameplate.MaxChargeW),
        .. Number("discharge power", "W", commissioned.MaxDischargeW, nameplate.MaxDischargeW),
    ];

    private static IEnumerable<NameplateWarning> Text(string what, string commissioned, NameplateField<string> now)
    {
        if (now is { IsPresent: true, Value: { } value } && value != commissioned) yield return Warning(what, commissioned, value);
    }

    private static IEnumerable<NameplateWarning> Number(string what, string unit, decimal commissioned, NameplateField<decimal> now)
    {
        string before = string.Create(CultureInfo.InvariantCulture, $"{commissioned} {unit}");
        if (now.IsPresent && now.Value != commissioned)
        {
            yield return Warning(what, before, string.Create(CultureInfo.InvariantCulture, $"{now.Value} {unit}"));
        }

        // Rated energies read 0 after an update of the firmware (solaredge-modbus-multi#961): the home is no smaller for that.
        if (!now.IsPresent) yield return new("drift", $"the {what} can't be read any more ({now}), and the {before} that were commissioned stay", NeedsPerson: false);
    }

    private static NameplateWarning Warning(string what, string commissioned, string now) => new(
        "drift",
        $"the {what} is {now}, and {commissioned} was commissioned. Nothing is sent by itself: if the device was exchanged, run flip-edge commission --again with the site's id",
        NeedsPerson: false);
}
