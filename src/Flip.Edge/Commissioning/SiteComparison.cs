using Flip.Edge.Cloud;

namespace Flip.Edge.Commissioning;

/// <summary>What Flip's record of a site means for a request whose outcome is not known.</summary>
internal abstract record SiteFinding
{
    private SiteFinding()
    {
    }

    /// <summary>Flip has no such site: no try arrived.</summary>
    public sealed record Absent : SiteFinding;

    /// <summary>Flip has the site with each of our devices, id and serial number.</summary>
    /// <param name="Others">Ids of devices there that are not in our request.</param>
    public sealed record Ours(IReadOnlyList<string> Others) : SiteFinding;

    /// <summary>Flip has the site, and it is ours, but these devices are missing from it.</summary>
    public sealed record Incomplete(IReadOnlyList<CommissionedDevice> Missing) : SiteFinding;

    /// <summary>Flip has the site with something else in it.</summary>
    /// <param name="Difference">The ids and serial numbers that differ, for a person.</param>
    public sealed record SomeoneElses(string Difference) : SiteFinding;
}

/// <summary>
/// Tells "already ours" from "somebody else's", by device id and serial number alone: those are what a gateway that replaces a broken
/// one has in common with it.
/// </summary>
internal static class SiteComparison
{
    /// <param name="ours">The devices of our request.</param>
    /// <param name="formerly">Devices that this gateway commissioned before, at the same site.</param>
    /// <param name="site">Flip's record; null when it has none.</param>
    public static SiteFinding Judge(IReadOnlyList<CommissionedDevice> ours, IReadOnlyList<CommissionedDevice> formerly, SiteRecord? site)
    {
        if (site is null) return new SiteFinding.Absent();
        List<string> differences = [.. ours.SelectMany(device => Differences(device, site.Devices))];
        CommissionedDevice[] missing = [.. ours.Where(device => !site.Devices.Any(other => other.Id == device.Id))];
        SiteDevice[] others = [.. site.Devices.Where(other => !ours.Any(device => device.Id == other.Id))];

        // A device may only be added to a home that is known to be ours: an empty one, or one that has a device of ours. A site id with
        // a slip of the pen would otherwise put this battery into a stranger's home.
        bool isKnown = site.Devices.Count == 0 || site.Devices.Any(other => ours.Concat(formerly).Any(device => IsSame(device, other)));
        if (missing.Length > 0 && !isKnown) differences.Add($"it has {Listed(others)} and none of {Listed(ours)}");
        if (differences.Count > 0) return new SiteFinding.SomeoneElses(string.Join("; ", differences));
        return missing.Length > 0 ? new SiteFinding.Incomplete(missing) : new SiteFinding.Ours([.. others.Select(other => other.Id ?? "a device without an id")]);
    }

    private static IEnumerable<string> Differences(CommissionedDevice device, IReadOnlyList<SiteDevice> there)
    {
        foreach (SiteDevice other in there.Where(other => other.Id == device.Id && !IsSameSerial(device, other)))
        {
            yield return other.SerialNumber is { } serial
                ? $"device {device.Id} has the serial number {device.SerialNumber} here, and {serial} at Flip"
                : $"device {device.Id} has the serial number {device.SerialNumber} here, and Flip does not say which it has";
        }

        foreach (SiteDevice other in there.Where(other => other.Id != device.Id && IsSameSerial(device, other)))
        {
            yield return $"the battery with the serial number {device.SerialNumber} is device {device.Id} here, and {other.Id ?? "a device without an id"} at Flip";
        }
    }

    private static bool IsSame(CommissionedDevice device, SiteDevice other) => device.Id == other.Id && IsSameSerial(device, other);

    // Blanks around it and capitals are the accidents of a register that is read as text.
    private static bool IsSameSerial(CommissionedDevice device, SiteDevice other) =>
        other.SerialNumber is { } serial && device.SerialNumber.Trim().Equals(serial.Trim(), StringComparison.OrdinalIgnoreCase);

    private static string Listed(IReadOnlyList<SiteDevice> devices) =>
        string.Join(", ", devices.Select(device => $"device {device.Id ?? "without an id"} (serial number {device.SerialNumber ?? "not told"})"));

    private static string Listed(IReadOnlyList<CommissionedDevice> devices) =>
        string.Join(", ", devices.Select(device => $"device {device.Id} (serial number {device.SerialNumber})"));
}
