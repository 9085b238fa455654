namespace Flip.Edge.Simulator.Devices;

/// <summary>The model that every SunSpec device begins with, from github.com/sunspec/models.</summary>
public static class CommonLayouts
{
    /// <summary>Model 1: who made it.</summary>
    public static SunSpecLayout Common { get; } = SunSpecLayout.Parse(1, """
        Mn:string16 Md:string16 Opt:string8 Vr:string8 SN:string16 DA:uint16* Pad:pad
        """);
}
