namespace Flip.Edge.Devices.Profiles.Files;

/// <summary>Where a point is, and how long.</summary>
internal sealed partial class PointReader
{
    private string Role(ProfileObject point)
    {
        if (point.Text("on") is not { } role) return DeviceProfile.MainUnit;
        context.Used.Add(ProfileContext.RoleUse(role));
        if (!context.Units.ContainsKey(role)) point.Fail("on", $"is \"{role}\", and units has no such role; {Spelling.Hint(role, context.Units.Keys)}");
        return role;
    }

    private ushort? SunSpecModel(ProfileObject point, bool isInBattery)
    {
        if (isInBattery) point.Unwanted("sunspec_model", "does not belong into a battery's block, whose addresses count from its base");
        else if (context.Map != ProfileMap.SunSpec) point.Unwanted("sunspec_model", "belongs into a profile with map sunspec: no chain is walked here");
        else return (ushort?)point.Whole("sunspec_model", 1, LastAddress - 1);
        return null;
    }

    private int? ScaleFactor(ProfileObject point, PointType type)
    {
        if (!point.Has("sunspec_model")) point.Unwanted("scale_factor", "counts from the id register of a SunSpec model: it needs sunspec_model");
        else if (!PointTypes.IsInteger(type)) point.Unwanted("scale_factor", "belongs to whole numbers only");
        else return point.Find("scale_factor")?.AsAddress(context.Mistakes);
        return null;
    }

    private static int Registers(ProfileObject point, PointType type)
    {
        if (type == PointType.Text) return point.RequiredWhole("registers", "the length of the text in registers", 1, MostRegisters);
        int registers = PointTypes.Registers(type);
        point.Unwanted("registers", FormattableString.Invariant($"belongs to texts; a {Vocabulary.NameOf(Vocabulary.Types, type)} always has {registers}: leave it out"));
        return registers;
    }
}
