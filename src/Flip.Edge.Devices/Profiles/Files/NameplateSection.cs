using System.Globalization;
using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Profiles.Files;

/// <summary>For each field of the nameplate its values, the preferred first.</summary>
internal static class NameplateSection
{
    private static readonly string[] Always = ["manufacturer", "model", "serial_number", "capacity_wh"];

    public static IReadOnlyDictionary<ProfileField, IReadOnlyList<ProfileValue>> Read(ProfileObject root, ProfileContext context)
    {
        Dictionary<ProfileField, IReadOnlyList<ProfileValue>> nameplate = [];
        bool isSunSpec = context.Map == ProfileMap.SunSpec;
        ProfileNode? node = isSunSpec ? root.Find("nameplate") : root.Required("nameplate", "the fields and how to come by them");
        if (node is not null)
        {
            ProfileObject section = new(node, root.Mistakes);
            foreach (ProfileNode member in section.Members()) ReadField(member, context, nameplate);
            if (!isSunSpec) CheckComplete(section, root.Mistakes);
        }

        if (!isSunSpec) return nameplate;
        foreach (ProfileField field in Enum.GetValues<ProfileField>()) nameplate.TryAdd(field, [new ProfileValue.OfSunSpec()]);
        return nameplate;
    }

    private static void ReadField(ProfileNode member, ProfileContext context, Dictionary<ProfileField, IReadOnlyList<ProfileValue>> nameplate)
    {
        if (!Vocabulary.Fields.TryGetValue(member.Name, out ProfileField field))
        {
            context.Mistakes.Add(member, $"is no field of a nameplate; {Spelling.Hint(member.Name, Vocabulary.Fields.Keys)}");
            return;
        }

        ValueReader reader = new(context, Vocabulary.IsText(field));
        IReadOnlyList<ProfileNode> nodes = member.Kind == NodeKind.List ? member.AsList(context.Mistakes) ?? [] : [member];
        List<ProfileValue> values = [];
        foreach (ProfileNode node in nodes)
        {
            if (reader.Read(node, isPart: false) is not { } read) continue;
            if (read.Value is ProfileValue.Missing && node != nodes[^1]) context.Mistakes.Add(node, "is missing, and more values follow: missing can only be the last");
            if (field == ProfileField.SerialNumber && read.Value is ProfileValue.Constant)
            {
                context.Mistakes.Add(node, "is a constant: every site would be told with one serial number; name a point, or say { \"missing\": \"where the installer finds it\" }");
            }

            if (!Vocabulary.IsText(field)) CheckUnit(node, field, read, context.Mistakes);
            values.Add(read.Value);
        }

        nameplate[field] = values;
    }

    private static void CheckUnit(ProfileNode node, ProfileField field, ReadValue read, ProfileMistakes mistakes)
    {
        string wanted = Vocabulary.UnitOf(field);
        if (!read.Measure.Fits(Measure.Of(wanted))) mistakes.Add(node, $"comes in {read.Measure}, and has to come in {wanted}");
        if (read.Value is not ProfileValue.Constant constant) return;
        (decimal least, decimal most) = field == ProfileField.CapacityWh
            ? (Plausibility.LeastCapacityWh, Plausibility.MostCapacityWh)
            : (Plausibility.LeastPowerW, Plausibility.MostPowerW);
        decimal amount = decimal.Parse(constant.Text, CultureInfo.InvariantCulture);
        if (amount < least || amount > most) mistakes.Add(node, FormattableString.Invariant($"is {amount} {wanted}, and has to be from {least} to {most} {wanted}"));
    }

    // What Flip has to be told: a profile says of each where it comes from, or why it doesn't.
    private static void CheckComplete(ProfileObject section, ProfileMistakes mistakes)
    {
        if (section.Node.Kind != NodeKind.Object) return;
        foreach (string field in Always.Where(field => !section.Has(field)))
        {
            mistakes.Add(section.Node.Line, section.Key(field), "is missing: say where it comes from, or { \"missing\": \"why, and where the installer finds it\" }");
        }

        foreach (string direction in (string[])["charge_w", "discharge_w"])
        {
            if (section.Has($"battery_{direction}") || section.Has($"inverter_{direction}")) continue;
            mistakes.Add(section.Node.Line, section.Key($"battery_{direction}"),
                $"is missing, and inverter_{direction} too: say where one of them comes from, or {{ \"missing\": \"why, and where the installer finds it\" }}");
        }
    }
}
