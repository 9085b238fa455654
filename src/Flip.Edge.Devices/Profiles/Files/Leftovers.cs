namespace Flip.Edge.Devices.Profiles.Files;

/// <summary>What makes sense alone and not together: names that nothing refers to, and an anchor that hangs on what may be missing.</summary>
internal static class Leftovers
{
    public static void Check(ProfileObject root, DeviceProfile profile, ProfileContext context)
    {
        // Names are checked once everything else is right: what a mistake leaves unread would be called unused.
        if (context.Mistakes.Count > 0) return;
        Unused(root, "points", profile.Points.Keys, ProfileContext.PointUse, "is used by nothing: use it in anchor, asleep or nameplate, or leave it out", context);
        Unused(root, "tables", profile.Tables.Keys, ProfileContext.TableUse, "is used by nothing: use it in a check or a value, or leave it out", context);
        Unused(root, "units", profile.Units.Keys.Where(role => role != DeviceProfile.MainUnit), ProfileContext.RoleUse,
            "is used by nothing: name it as on of a point, or leave it out", context);

        IReadOnlyList<string> mayBeMissing = profile.Quirks.BlocksMayBeMissing?.Value ?? [];
        for (int i = 0; i < profile.Anchor.Count; i++)
        {
            if (!mayBeMissing.Contains(profile.Anchor[i].Point)) continue;
            ProfileNode anchor = root.Find("anchor")!.Children[i];
            context.Mistakes.Add(anchor.Line, $"{anchor.Key}.point", $"is \"{profile.Anchor[i].Point}\", which blocks_may_be_missing says may be missing: a device without it would never be proven");
        }
    }

    private static void Unused(
        ProfileObject root, string section, IEnumerable<string> names, Func<string, string> use, string message, ProfileContext context)
    {
        foreach (string name in names.Where(name => !context.Used.Contains(use(name))))
        {
            context.Mistakes.Add(root.Find(section)!.Children.First(child => child.Name == name), message);
        }
    }
}
