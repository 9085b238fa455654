namespace Flip.Edge.Cloud;

/// <summary>
/// Which direction Flip means by <c>battery_power_input_w</c>. The sources disagree: the page defines neither word; in plain reading
/// input is power into the battery, and the page's example (input 6000, output 7500) looks like a battery that charges at 6 kW; but
/// the TypeScript types that Flip generated in July 2024 (github.com/flip-energy/demo-app, src/flip-api/types.ts) describe input as
/// "rated continuous discharge power". Until Flip answers, it is a setting. See docs/adr/0007-input-power-is-a-setting.md.
/// </summary>
public enum InputPowerIs
{
    /// <summary>Input is what the battery can be charged with. The default.</summary>
    Charge,

    /// <summary>Input is what the battery can discharge.</summary>
    Discharge,
}
