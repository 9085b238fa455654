using Flip.Edge.Devices.Registers;

namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>Finds the unit ids at which further parts of a device answer, and reads them there.</summary>
internal static class UnitRoles
{
    /// <summary>For each role the first of its unit ids at which something can be read; the role's points are read along with it.</summary>
    public static async Task ReadAsync(
        PassPoints points, IReadOnlyList<ProfilePoint> wanted, PassReads reads, CancellationToken cancellationToken)
    {
        foreach (IGrouping<string, ProfilePoint> role in wanted.Where(point => point.On != DeviceProfile.MainUnit).GroupBy(point => point.On))
        {
            foreach (byte candidate in points.Profile.Units.GetValueOrDefault(role.Key, []))
            {
                points.Units[role.Key] = candidate;
                IReadOnlyList<PlannedRead> plan = reads.Plan(ProfileWants.Registers(points, role, reads.MostRegisters));
                if (plan.Count == 0) break;
                await reads.RunAsync(points, plan.Take(1), cancellationToken).ConfigureAwait(false);
                bool answers = plan[0].Wanted.Any(part => points.Registers.Find(part.Unit, part.Function, part.Address, part.Count) is not null);
                if (answers)
                {
                    await reads.RunAsync(points, plan.Skip(1), cancellationToken).ConfigureAwait(false);
                    break;
                }

                points.Units[role.Key] = null;
            }

            points.Units.TryAdd(role.Key, null);
        }
    }
}
