namespace Flip.Edge.Simulator.Devices;

/// <summary>Models filled with plausible values, for the images to be put together from. Numbers are raw, next to their scale factor.</summary>
internal static class ImageParts
{
    public static SunSpecModel Common(string serial = "123456789") =>
        Common("DeviceMaker", "Model 1", "1.2.3", serial);

    public static SunSpecModel Common(string manufacturer, string model, string version, string serial) =>
        new SunSpecModel(CommonLayouts.Common)
            .With("Mn", manufacturer).With("Md", model).With("Opt", "Storage").With("Vr", version).With("SN", serial).With(("DA", 1));

    /// <summary>3180 W at 230.5 V and 50.01 Hz, delivered from a 389 V string.</summary>
    public static SunSpecModel ThreePhase() => new SunSpecModel(InverterLayouts.ThreePhase).With(
        ("A", 138), ("AphA", 46), ("AphB", 46), ("AphC", 46), ("A_SF", -1),
        ("PPVphAB", 3992), ("PPVphBC", 3990), ("PPVphCA", 3994), ("PhVphA", 2305), ("PhVphB", 2304), ("PhVphC", 2306), ("V_SF", -1),
        ("W", 318), ("W_SF", 1), ("Hz", 5001), ("Hz_SF", -2), ("VA", 319), ("VA_SF", 1), ("VAr", -21), ("VAr_SF", 1),
        ("PF", 997), ("PF_SF", -1), ("WH", 12_345_678), ("WH_SF", 0),
        ("DCA", 83), ("DCA_SF", -1), ("DCV", 3890), ("DCV_SF", -1), ("DCW", 323), ("DCW_SF", 1),
        ("TmpCab", 412), ("TmpSnk", 447), ("Tmp_SF", -1), ("St", 4), ("Evt1", 0), ("Evt2", 0));

    /// <summary>The inverter's ratings; what it says about storage is for the image to add.</summary>
    public static SunSpecModel Nameplate(int derType, int ratedW) => new SunSpecModel(InverterLayouts.Nameplate).With(
        ("DERTyp", derType), ("WRtg", ratedW / 10), ("WRtg_SF", 1), ("VARtg", ratedW / 10), ("VARtg_SF", 1),
        ("VArRtgQ1", 330), ("VArRtgQ2", 330), ("VArRtgQ3", -330), ("VArRtgQ4", -330), ("VArRtg_SF", 1),
        ("ARtg", 110), ("ARtg_SF", -1), ("PFRtgQ1", 80), ("PFRtgQ2", 80), ("PFRtgQ3", -80), ("PFRtgQ4", -80), ("PFRtg_SF", -2));

    public static SunSpecModel Settings(int maxW) => new SunSpecModel(InverterLayouts.Settings).With(
        ("WMax", maxW / 10), ("WMax_SF", 1), ("VRef", 2300), ("VRef_SF", -1), ("VRefOfs", 0), ("VRefOfs_SF", -1),
        ("VMax", 2530), ("VMin", 1955), ("VMinMax_SF", -1), ("VAMax", maxW / 10), ("VAMax_SF", 1), ("ECPNomHz", 50), ("ECPNomHz_SF", 0));

    public static SunSpecModel ExtendedStatus() => new SunSpecModel(InverterLayouts.Status).With(
        ("PVConn", 7), ("StorConn", 7), ("ECPConn", 1), ("ActWh", 12_345_678), ("WAval", 445), ("WAval_SF", 1), ("Tms", 848_000_000))
        .With("TmSrc", "RTC");

    public static SunSpecModel Controls() => new SunSpecModel(InverterLayouts.Controls).With(
        ("Conn", 1), ("WMaxLimPct", 1000), ("WMaxLimPct_SF", -1), ("WMaxLim_Ena", 0),
        ("OutPFSet", 100), ("OutPFSet_SF", -2), ("OutPFSet_Ena", 0), ("VArPct_Ena", 0), ("VArPct_SF", -1));

    public static SunSpecModel StorageControls(int maxChargeW) => new SunSpecModel(InverterLayouts.Storage).With(
        ("WChaMax", maxChargeW / 10), ("WChaMax_SF", 1), ("WChaGra", 100), ("WDisChaGra", 100), ("WChaDisChaGra_SF", 0), ("StorCtl_Mod", 0),
        ("MinRsvPct", 2000), ("MinRsvPct_SF", -2), ("ChaState", 6250), ("ChaState_SF", -2), ("InBatV", 3890), ("InBatV_SF", -1),
        ("ChaSt", 4), ("OutWRte", 10_000), ("InWRte", 10_000), ("InOutWRte_SF", -2), ("ChaGriSet", 1));

    /// <summary>A lithium battery at 62.5 %, charging. Its capacity and powers come in steps of 10.</summary>
    public static SunSpecModel Battery(int capacityWh, int chargeW, int dischargeW) => new SunSpecModel(BatteryLayouts.Base).With(
        ("AHRtg", capacityWh * 10L / 389), ("AHRtg_SF", -1), ("WHRtg", capacityWh / 10), ("WHRtg_SF", 1),
        ("WChaRteMax", chargeW / 10), ("WDisChaRteMax", dischargeW / 10), ("WChaDisChaMax_SF", 1),
        ("SoCMax", 1000), ("SoCMin", 50), ("SoCRsvMin", 200), ("SoC", 625), ("SoC_SF", -1), ("SoH", 990), ("SoH_SF", -1), ("NCyc", 42),
        ("ChaSt", 4), ("LocRemCtl", 0), ("Hb", 7), ("CtrlHb", 0), ("AlmRst", 0), ("Typ", 4), ("State", 3), ("Evt1", 0), ("Evt2", 0),
        ("V", 3890), ("V_SF", -1), ("CellV_SF", -3), ("A", 39), ("A_SF", -1), ("AMax_SF", -1), ("W", 152), ("W_SF", 1),
        ("SetOp", 1), ("SetInvState", 3));

    public static SunSpecModel Der(int chargeW, int dischargeW, int inverterW) => new SunSpecModel(DerLayouts.Capacity).With(
        ("WMaxRtg", inverterW / 10), ("WChaRteMaxRtg", chargeW / 10), ("WDisChaRteMaxRtg", dischargeW / 10), ("W_SF", 1),
        ("WMax", inverterW / 10), ("WChaRteMax", chargeW / 10), ("WDisChaRteMax", dischargeW / 10),
        ("VAMaxRtg", inverterW / 10), ("VAMax", inverterW / 10), ("VA_SF", 1), ("VNomRtg", 2400), ("VNom", 2400), ("V_SF", -1),
        ("AMaxRtg", 210), ("AMax", 210), ("A_SF", -1), ("CtrlModes", 0x0000_0007));

    public static SunSpecModel DerStorage(int capacityWh) => new SunSpecModel(DerLayouts.StorageCapacity).With(
        ("WHRtg", capacityWh / 10), ("WHAvail", capacityWh / 16), ("WH_SF", 1), ("SoC", 625), ("SoH", 990), ("Pct_SF", -1), ("Sta", 0));

    public static SunSpecModel DerMeasurement() => new SunSpecModel(DerLayouts.MeasureAc).With(
        ("ACType", 1), ("St", 1), ("InvSt", 3), ("ConnSt", 1), ("Alrm", 0), ("W", -120), ("W_SF", 1), ("VA", 121), ("VA_SF", 1),
        ("Hz", 60_010), ("Hz_SF", -3), ("LLV", 2402), ("LNV", 1201), ("V_SF", -1), ("TotWhInj", 5_000_000), ("TotWhAbs", 6_100_000), ("TotWh_SF", 0));
}
