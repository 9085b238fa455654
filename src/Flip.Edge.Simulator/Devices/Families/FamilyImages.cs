namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>One device, or several, of every family that has a profile, made from the makers' documented maps.</summary>
public static class FamilyImages
{
    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        .. SolarEdge.All, .. GeneracPwrCell.All, .. FranklinWh.All, .. FroniusGen24.All, .. OutBack.All, .. SchneiderXw.All,
        .. KostalPlenticore.All, .. E3dc.All,
        .. Growatt.All, .. SolaX.All, .. Huawei.All, .. Solis.All, .. Sofar.All, .. AlphaEss.All, .. FoxEss.All, .. Saj.All, .. Byd.All,
        .. Sigenergy.All, .. SungrowSh.All, .. Eg4LuxPower.All, .. DeyeSinglePhase.All, .. DeyeThreePhaseLv.All, .. DeyeThreePhaseHv.All,
        .. GoodWeEt.All, .. VictronGx.All, .. Sma.All,
    ];
}
