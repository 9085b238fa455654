using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Probing;

/// <summary>What one unit is asked.</summary>
/// <param name="Unit">Unit id.</param>
/// <param name="AsksSunSpec">Whether a SunSpec map is looked for, which comes first.</param>
/// <param name="Anchors">The profiles whose anchors are looked for, in this order.</param>
/// <param name="MayLeaveUnit">Whether a maker's own registers may be looked for at another unit than its SunSpec map was found at.</param>
public sealed record UnitQuestions(byte Unit, bool AsksSunSpec, IReadOnlyList<DeviceProfile> Anchors, bool MayLeaveUnit = false);

/// <summary>Which units are asked for what, the likeliest first.</summary>
public static class UnitPlan
{
    /// <summary>
    /// For a device of any family. The endpoint's unit is asked for everything; where that is a default and others may be asked, each unit
    /// of a family's short list is asked for the families that list it (ha-sunspec#135, Growatt_ModbusTCP#414).
    /// </summary>
    /// <param name="endpoint">Where to ask.</param>
    /// <param name="inProbeOrder">The profiles whose anchors are tried unasked, in their order.</param>
    /// <param name="all">Every profile.</param>
    /// <param name="scope">What may be varied.</param>
    public static IReadOnlyList<UnitQuestions> ForAny(
        ModbusEndpoint endpoint, IReadOnlyList<DeviceProfile> inProbeOrder, IReadOnlyList<DeviceProfile> all, ProbeScope scope)
    {
        DeviceProfile[] anchors = [.. inProbeOrder.Where(profile => IsThere(profile, endpoint))];
        bool mayVary = MayVary(endpoint, scope);
        List<UnitQuestions> plan = [new(endpoint.Unit, true, anchors, mayVary)];
        if (!mayVary) return plan;

        DeviceProfile[] sunSpec = [.. all.Where(profile => profile.Map == ProfileMap.SunSpec || profile.WhenSunSpecSays.Count > 0)];
        IEnumerable<byte> units = sunSpec.Concat(anchors).SelectMany(Main).Where(unit => unit != endpoint.Unit && IsLegal(unit, endpoint));
        foreach (byte unit in units.Distinct())
        {
            plan.Add(new(unit, sunSpec.Any(profile => Main(profile).Contains(unit)), [.. anchors.Where(profile => Main(profile).Contains(unit))], true));
        }

        return plan;
    }

    /// <summary>For a device of a family that was named.</summary>
    public static IReadOnlyList<UnitQuestions> ForNamed(ModbusEndpoint endpoint, DeviceProfile profile, ProbeScope scope)
    {
        byte[] own = [.. Main(profile).Where(unit => IsLegal(unit, endpoint))];
        byte[] units = endpoint.IsUnitGiven || own.Length == 0 ? [endpoint.Unit]
            // The family's own unit is a better default than 1; asking for one unit is no sweep.
            : MayVary(endpoint, scope) ? own : [own[0]];
        return [.. units.Select(unit => new UnitQuestions(unit, profile.Map == ProfileMap.SunSpec && profile.Anchor.Count == 0, [profile]))];
    }

    private static bool MayVary(ModbusEndpoint endpoint, ProbeScope scope) =>
        !endpoint.IsUnitGiven && (endpoint is not ModbusRtuEndpoint || scope.MayAskSerialUnits);

    // Over TCP anything may stand behind a gateway; on a serial line only what has one.
    private static bool IsThere(DeviceProfile profile, ModbusEndpoint endpoint) =>
        endpoint is not ModbusRtuEndpoint || profile.Transport.BaudRates.Count > 0;

    private static bool IsLegal(byte unit, ModbusEndpoint endpoint) => endpoint is ModbusTcpEndpoint || unit is >= 1 and <= 247;

    internal static IReadOnlyList<byte> Main(DeviceProfile profile) => profile.Units.GetValueOrDefault(DeviceProfile.MainUnit, []);
}
