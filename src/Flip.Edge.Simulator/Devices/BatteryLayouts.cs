namespace Flip.Edge.Simulator.Devices;

/// <summary>Models of the 800 series, from the definitions in github.com/sunspec/models.</summary>
public static class BatteryLayouts
{
    /// <summary>Model 802: battery base model.</summary>
    public static SunSpecLayout Base { get; } = SunSpecLayout.Parse(802, """
        AHRtg:uint16 WHRtg:uint16 WChaRteMax:uint16 WDisChaRteMax:uint16 DisChaRte:uint16 SoCMax:uint16 SoCMin:uint16
        SocRsvMax:uint16* SoCRsvMin:uint16* SoC:uint16 DoD:uint16 SoH:uint16 NCyc:uint32 ChaSt:enum16 LocRemCtl:enum16
        Hb:uint16 CtrlHb:uint16* AlmRst:uint16* Typ:enum16 State:enum16 StateVnd:enum16 WarrDt:uint32 Evt1:bitfield32
        Evt2:bitfield32 EvtVnd1:bitfield32 EvtVnd2:bitfield32 V:uint16 VMax:uint16 VMin:uint16 CellVMax:uint16
        CellVMaxStr:uint16 CellVMaxMod:uint16 CellVMin:uint16 CellVMinStr:uint16 CellVMinMod:uint16 CellVAvg:uint16 A:int16
        AChaMax:uint16 ADisChaMax:uint16 W:int16 ReqInvState:enum16 ReqW:int16 SetOp:enum16* SetInvState:enum16*
        AHRtg_SF:sunssf WHRtg_SF:sunssf WChaDisChaMax_SF:sunssf DisChaRte_SF:sunssf SoC_SF:sunssf DoD_SF:sunssf
        SoH_SF:sunssf V_SF:sunssf CellV_SF:sunssf A_SF:sunssf AMax_SF:sunssf W_SF:sunssf
        """);
}
