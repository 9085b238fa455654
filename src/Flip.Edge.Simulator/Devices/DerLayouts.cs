namespace Flip.Edge.Simulator.Devices;

/// <summary>Models of the 700 series (IEEE 1547-2018), from the definitions in github.com/sunspec/models.</summary>
public static class DerLayouts
{
    /// <summary>Model 701: AC measurements.</summary>
    public static SunSpecLayout MeasureAc { get; } = SunSpecLayout.Parse(701, """
        ACType:enum16 St:enum16 InvSt:enum16 ConnSt:enum16 Alrm:bitfield32 DERMode:bitfield32 W:int16 VA:int16 Var:int16
        PF:int16 A:int16 LLV:uint16 LNV:uint16 Hz:uint32 TotWhInj:uint64 TotWhAbs:uint64 TotVarhInj:uint64 TotVarhAbs:uint64
        TmpAmb:int16 TmpCab:int16 TmpSnk:int16 TmpTrns:int16 TmpSw:int16 TmpOt:int16 WL1:int16 VAL1:int16 VarL1:int16
        PFL1:int16 AL1:int16 VL1L2:uint16 VL1:uint16 TotWhInjL1:uint64 TotWhAbsL1:uint64 TotVarhInjL1:uint64
        TotVarhAbsL1:uint64 WL2:int16 VAL2:int16 VarL2:int16 PFL2:int16 AL2:int16 VL2L3:uint16 VL2:uint16 TotWhInjL2:uint64
        TotWhAbsL2:uint64 TotVarhInjL2:uint64 TotVarhAbsL2:uint64 WL3:int16 VAL3:int16 VarL3:int16 PFL3:int16 AL3:int16
        VL3L1:uint16 VL3:uint16 TotWhInjL3:uint64 TotWhAbsL3:uint64 TotVarhInjL3:uint64 TotVarhAbsL3:uint64 ThrotPct:uint16
        ThrotSrc:bitfield32 A_SF:sunssf V_SF:sunssf Hz_SF:sunssf W_SF:sunssf PF_SF:sunssf VA_SF:sunssf Var_SF:sunssf
        TotWh_SF:sunssf TotVarh_SF:sunssf Tmp_SF:sunssf MnAlrmInfo:string32
        """);

    /// <summary>Model 702: ratings and settings of power.</summary>
    public static SunSpecLayout Capacity { get; } = SunSpecLayout.Parse(702, """
        WMaxRtg:uint16 WOvrExtRtg:uint16 WOvrExtRtgPF:uint16 WUndExtRtg:uint16 WUndExtRtgPF:uint16 VAMaxRtg:uint16
        VarMaxInjRtg:uint16 VarMaxAbsRtg:uint16 WChaRteMaxRtg:uint16 WDisChaRteMaxRtg:uint16 VAChaRteMaxRtg:uint16
        VADisChaRteMaxRtg:uint16 VNomRtg:uint16 VMaxRtg:uint16 VMinRtg:uint16 AMaxRtg:uint16 PFOvrExtRtg:uint16
        PFUndExtRtg:uint16 ReactSusceptRtg:uint16 NorOpCatRtg:enum16 AbnOpCatRtg:enum16 CtrlModes:bitfield32
        IntIslandCatRtg:bitfield16 WMax:uint16* WMaxOvrExt:uint16* WOvrExtPF:uint16* WMaxUndExt:uint16* WUndExtPF:uint16*
        VAMax:uint16* VarMaxInj:uint16* VarMaxAbs:uint16* WChaRteMax:uint16* WDisChaRteMax:uint16* VAChaRteMax:uint16*
        VADisChaRteMax:uint16* VNom:uint16* VMax:uint16* VMin:uint16* AMax:uint16* PFOvrExt:uint16* PFUndExt:uint16*
        IntIslandCat:bitfield16* W_SF:sunssf PF_SF:sunssf VA_SF:sunssf Var_SF:sunssf V_SF:sunssf A_SF:sunssf S_SF:sunssf
        """);

    /// <summary>Model 713: energy of the storage.</summary>
    public static SunSpecLayout StorageCapacity { get; } = SunSpecLayout.Parse(713, """
        WHRtg:uint16 WHAvail:uint16 SoC:uint16 SoH:uint16 Sta:enum16 WH_SF:sunssf Pct_SF:sunssf
        """);
}
