namespace Flip.Edge.Simulator.Devices;

/// <summary>Inverter models of the 100 series, from the definitions in github.com/sunspec/models.</summary>
public static class InverterLayouts
{
    /// <summary>Model 103: measurements of a three-phase inverter.</summary>
    public static SunSpecLayout ThreePhase { get; } = SunSpecLayout.Parse(103, """
        A:uint16 AphA:uint16 AphB:uint16 AphC:uint16 A_SF:sunssf PPVphAB:uint16 PPVphBC:uint16 PPVphCA:uint16 PhVphA:uint16
        PhVphB:uint16 PhVphC:uint16 V_SF:sunssf W:int16 W_SF:sunssf Hz:uint16 Hz_SF:sunssf VA:int16 VA_SF:sunssf VAr:int16
        VAr_SF:sunssf PF:int16 PF_SF:sunssf WH:acc32 WH_SF:sunssf DCA:uint16 DCA_SF:sunssf DCV:uint16 DCV_SF:sunssf
        DCW:int16 DCW_SF:sunssf TmpCab:int16 TmpSnk:int16 TmpTrns:int16 TmpOt:int16 Tmp_SF:sunssf St:enum16 StVnd:enum16
        Evt1:bitfield32 Evt2:bitfield32 EvtVnd1:bitfield32 EvtVnd2:bitfield32 EvtVnd3:bitfield32 EvtVnd4:bitfield32
        """);

    /// <summary>Model 120: nameplate ratings.</summary>
    public static SunSpecLayout Nameplate { get; } = SunSpecLayout.Parse(120, """
        DERTyp:enum16 WRtg:uint16 WRtg_SF:sunssf VARtg:uint16 VARtg_SF:sunssf VArRtgQ1:int16 VArRtgQ2:int16 VArRtgQ3:int16
        VArRtgQ4:int16 VArRtg_SF:sunssf ARtg:uint16 ARtg_SF:sunssf PFRtgQ1:int16 PFRtgQ2:int16 PFRtgQ3:int16 PFRtgQ4:int16
        PFRtg_SF:sunssf WHRtg:uint16 WHRtg_SF:sunssf AhrRtg:uint16 AhrRtg_SF:sunssf MaxChaRte:uint16 MaxChaRte_SF:sunssf
        MaxDisChaRte:uint16 MaxDisChaRte_SF:sunssf Pad:pad
        """);

    /// <summary>Model 121: basic settings.</summary>
    public static SunSpecLayout Settings { get; } = SunSpecLayout.Parse(121, """
        WMax:uint16* VRef:uint16* VRefOfs:int16* VMax:uint16* VMin:uint16* VAMax:uint16* VArMaxQ1:int16* VArMaxQ2:int16*
        VArMaxQ3:int16* VArMaxQ4:int16* WGra:uint16* PFMinQ1:int16* PFMinQ2:int16* PFMinQ3:int16* PFMinQ4:int16*
        VArAct:enum16* ClcTotVA:enum16* MaxRmpRte:uint16* ECPNomHz:uint16* ConnPh:enum16* WMax_SF:sunssf VRef_SF:sunssf
        VRefOfs_SF:sunssf VMinMax_SF:sunssf VAMax_SF:sunssf VArMax_SF:sunssf WGra_SF:sunssf PFMin_SF:sunssf
        MaxRmpRte_SF:sunssf ECPNomHz_SF:sunssf
        """);

    /// <summary>Model 122: extended status.</summary>
    public static SunSpecLayout Status { get; } = SunSpecLayout.Parse(122, """
        PVConn:bitfield16 StorConn:bitfield16 ECPConn:bitfield16 ActWh:acc64 ActVAh:acc64 ActVArhQ1:acc64 ActVArhQ2:acc64
        ActVArhQ3:acc64 ActVArhQ4:acc64 VArAval:int16 VArAval_SF:sunssf WAval:uint16 WAval_SF:sunssf StSetLimMsk:bitfield32
        StActCtl:bitfield32 TmSrc:string4 Tms:uint32 RtSt:bitfield16 Ris:uint16 Ris_SF:sunssf
        """);

    /// <summary>Model 123: immediate controls.</summary>
    public static SunSpecLayout Controls { get; } = SunSpecLayout.Parse(123, """
        Conn_WinTms:uint16* Conn_RvrtTms:uint16* Conn:enum16* WMaxLimPct:uint16* WMaxLimPct_WinTms:uint16*
        WMaxLimPct_RvrtTms:uint16* WMaxLimPct_RmpTms:uint16* WMaxLim_Ena:enum16* OutPFSet:int16* OutPFSet_WinTms:uint16*
        OutPFSet_RvrtTms:uint16* OutPFSet_RmpTms:uint16* OutPFSet_Ena:enum16* VArWMaxPct:int16* VArMaxPct:int16*
        VArAvalPct:int16* VArPct_WinTms:uint16* VArPct_RvrtTms:uint16* VArPct_RmpTms:uint16* VArPct_Mod:enum16*
        VArPct_Ena:enum16* WMaxLimPct_SF:sunssf OutPFSet_SF:sunssf VArPct_SF:sunssf
        """);

    /// <summary>Model 124: basic storage controls.</summary>
    public static SunSpecLayout Storage { get; } = SunSpecLayout.Parse(124, """
        WChaMax:uint16* WChaGra:uint16* WDisChaGra:uint16* StorCtl_Mod:bitfield16* VAChaMax:uint16* MinRsvPct:uint16*
        ChaState:uint16 StorAval:uint16 InBatV:uint16 ChaSt:enum16 OutWRte:int16* InWRte:int16* InOutWRte_WinTms:uint16*
        InOutWRte_RvrtTms:uint16* InOutWRte_RmpTms:uint16* ChaGriSet:enum16* WChaMax_SF:sunssf WChaDisChaGra_SF:sunssf
        VAChaMax_SF:sunssf MinRsvPct_SF:sunssf ChaState_SF:sunssf StorAval_SF:sunssf InBatV_SF:sunssf InOutWRte_SF:sunssf
        """);
}
