namespace Flip.Edge.Cloud;

/// <summary>The one place that maps charge and discharge to Flip's input and output.</summary>
public static class BatteryPowerMapping
{
    /// <summary>Makes a battery's attributes of its ratings. The values are not checked here; the validator does that.</summary>
    /// <param name="capacityWh">Nominal capacity in Wh.</param>
    /// <param name="chargeW">Rated continuous charge power in W, positive.</param>
    /// <param name="dischargeW">Rated continuous discharge power in W, positive.</param>
    /// <param name="inputPowerIs">The direction of <c>battery_power_input_w</c>.</param>
    /// <returns>The attributes, as Flip reads them.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The direction is neither of the two.</exception>
    public static BatteryAttributes ToAttributes(decimal capacityWh, decimal chargeW, decimal dischargeW, InputPowerIs inputPowerIs) =>
        inputPowerIs switch
        {
            InputPowerIs.Charge => Attributes(capacityWh, chargeW, dischargeW),
            InputPowerIs.Discharge => Attributes(capacityWh, dischargeW, chargeW),
            _ => throw new ArgumentOutOfRangeException(nameof(inputPowerIs), inputPowerIs, "neither Charge nor Discharge"),
        };

    private static BatteryAttributes Attributes(decimal capacityWh, decimal inputW, decimal outputW) =>
        new() { BatteryCapacityWh = capacityWh, BatteryPowerInputW = inputW, BatteryPowerOutputW = outputW };
}
