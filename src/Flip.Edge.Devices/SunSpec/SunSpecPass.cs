using Flip.Edge.Devices.Registers;

namespace Flip.Edge.Devices.SunSpec;

/// <summary>One pass over a device's map: the first, which finds and walks it, or the second look at what the first found.</summary>
internal static class SunSpecPass
{
    /// <summary>Finds the map and walks it.</summary>
    /// <param name="reader">Of the device's unit.</param>
    /// <param name="budget">Bounds the whole reading.</param>
    /// <param name="family">What is known of such devices.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    public static async Task<SunSpecMap> WalkAsync(
        RegisterReader reader, ReadingBudget budget, SunSpecFamily family, CancellationToken cancellationToken)
    {
        SunSpecMap map = await SunSpecDiscovery.FindAsync(reader, family.Base, cancellationToken).ConfigureAwait(false);
        map.Family = family;
        await FollowAsync(reader, map, budget, cancellationToken).ConfigureAwait(false);
        return map;
    }

    /// <summary>Walks a map that was found, and reads on the way what is not in it yet.</summary>
    public static async Task FollowAsync(RegisterReader reader, SunSpecMap map, ReadingBudget budget, CancellationToken cancellationToken)
    {
        SunSpecWalker walker = new(reader, map, budget);
        await walker.WalkAsync(SunSpecWalker.MostModels, cancellationToken).ConfigureAwait(false);
        foreach (SunSpecPoint setting in SunSpecNameplate.SettingsWanted(map).ToArray())
        {
            foreach (SunSpecModel model in map.Of(setting.Model))
            {
                await walker.ReadAsync(model, SunSpecPlan.Lazy(setting), cancellationToken).ConfigureAwait(false);
            }
        }

        if (map.Contradiction is not { } address) return;
        map.Oddities.Add($"the device told of different models at {address} from one read to the next");
        map.BreaksOff = true;
    }

    /// <summary>The second look at a map.</summary>
    // The same spans of the same models, so that only what the device says can differ. Blocks that hold nothing but headers
    // are read again too: a chain that moved in between must not be decoded by its old addresses.
    public static async Task<SunSpecMap> AgainAsync(
        RegisterReader reader, SunSpecMap first, ReadingBudget budget, CancellationToken cancellationToken)
    {
        if (first.EndsInTheOpen) return await WalkAsync(reader, budget, first.Family, cancellationToken).ConfigureAwait(false);
        SunSpecMap again = new(first.BaseAddress) { BreaksOff = first.BreaksOff, Family = first.Family };
        again.Models.AddRange(first.Models);
        again.Oddities.AddRange(first.Oddities);
        foreach ((int address, string why) in first.Unreadable) again.Unreadable[address] = why;
        await SunSpecRepetition.ReadAsync(reader, first.Blocks.All, again.Blocks, budget, cancellationToken).ConfigureAwait(false);

        // What was the end is none now: there may be models behind it.
        if (first.IsEnd && !again.IsEnd) return await WalkAsync(reader, budget, first.Family, cancellationToken).ConfigureAwait(false);
        foreach (SunSpecModel model in first.Models)
        {
            RegisterBlock? header = again.Blocks.Covering(model.Address, 2);
            if (header is not null && header.Words[model.Address - header.Address] == model.Id
                && header.Words[model.Address + 1 - header.Address] == model.Declared)
            {
                continue;
            }

            again.Unreadable[model.Address] = $"model {model.Id} was at {model.Address} at first, and no longer at the second reading";
            again.Models.Remove(model);
        }

        return again;
    }
}
