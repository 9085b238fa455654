using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Simulator.Devices.Families;
using Flip.Edge.Simulator.Hostile;

namespace Flip.Edge.Pitfalls.EveryFamily;

/// <summary>
/// Every device of every family behind every hostile behaviour, read with its own profile and with none named: each value is what the quiet
/// device says, or there is none and a sentence says why, or a person is asked. And it ends.
/// </summary>
public sealed class EveryFamilyTellsTheTruthTests
{
    private const int MostRequests = 1500, Phases = 5;
    private static readonly TimeSpan MostTime = TimeSpan.FromMinutes(4);

    // They lie by the number of the read. What a device says twice alike is what it says: only where it did not is a false value ours.
    private static readonly string[] LiesByNumber =
    [
        "data-one-up-at-times", "data-one-up-each-seventh", "data-truncated", "data-replayed", "exception-2-at-times", "exception-4-at-times",
        "busy-at-times", "silent-at-first", "scale-changes", "scale-moves", "serial-comes-and-goes", "lengths-change", "lengths-never-rest",
    ];

    /// <summary>What nothing in the device tells: the behaviour, the beginning of the image's name, the field, and why it can't be known.</summary>
    private static readonly (string Behaviour, string Image, string Field, string Why)[] CannotBeTold =
    [
        ("words-swapped", "victron-gx", "SerialNumber", "a hardware address of hexadecimal digits stays one in any order, and no other text is told"),
        ("bytes-swapped", "deye-single-phase-no-battery", "SerialNumber", "ten digits stay ten digits, and the type code is told in either order by honest devices (0x0003, 0x0300)"),
        ("ratings-ffff", "schneider-xw-battery", "MaxChargeW", "the rating is not told any more, and the setting below it is, as one (Configured)"),
        ("battery-shorter", "schneider-xw-battery", "MaxChargeW", "the rating is not told any more, and the setting below it is, as one (Configured)"),
        ("ratings-ffff", "fronius-gen24-limited", "MaxChargeW", "the rating is not told any more, and the setting below it is, as one (Configured)"),
    ];

    public static TheoryData<string> Images => [.. FamilyImages.All.Select(image => image.Name)];

    [Theory]
    [MemberData(nameof(Images))]
    public async Task A_value_is_the_true_one_or_there_is_none_or_a_person_is_asked(string name)
    {
        DeviceImage image = FamilyImages.All.Single(candidate => candidate.Name == name);
        Dictionary<string, Nameplate?> truths = [];
        List<string> wrong = [];
        foreach (DataBehaviour behaviour in Behaviours.All.OfType<DataBehaviour>())
        {
            for (int phase = 0; phase < (LiesByNumber.Contains(behaviour.Name) ? Phases : 1); phase++)
            {
                await JudgeAsync(behaviour, $"from read {phase} on", await FamilyUnderAttack.ReadAsync(image, behaviour, phase));
                await JudgeAsync(behaviour, $"found from read {phase} on", await FamilyUnderAttack.FindAsync(image, behaviour, phase));
                if (phase < 2) await JudgeAsync(behaviour, $"20 registers at once from read {phase} on", await FamilyUnderAttack.ReadAsync(image, behaviour, phase, 20));
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));

        async Task JudgeAsync(DataBehaviour behaviour, string how, AttackOutcome outcome)
        {
            string what = $"{behaviour.Name}, {how}";
            if (outcome.Requests > MostRequests || outcome.Time > MostTime) wrong.Add($"{what}: it took {outcome.Requests} requests and {outcome.Time}");
            if (outcome.Nameplate is not { } read)
            {
                if (string.IsNullOrWhiteSpace(outcome.Sentence)) wrong.Add($"{what}: refused without a sentence");
                return;
            }

            if (outcome.SaidFalselyTwice && LiesByNumber.Contains(behaviour.Name)) return;
            Nameplate[] known = [.. new[] { await TruthAsync(image.Profile!), await TruthAsync(read.Profile.Split('@')[0]) }.OfType<Nameplate>()];
            wrong.AddRange(MadeUp.In(read, known)
                .Where(lie => !CannotBeTold.Any(untold => untold.Behaviour == behaviour.Name && name.StartsWith(untold.Image, StringComparison.Ordinal) && lie.Field == untold.Field))
                .Select(lie => $"{what}: {lie.Field} {lie.Sentence} ({read.Profile})"));
        }

        // What the quiet device says, also by another profile that fits it. Plain SunSpec knows nothing of what a maker's map gets wrong.
        async Task<Nameplate?> TruthAsync(string profile)
        {
            DeviceProfile own = ProfileCatalog.Embedded.Find(image.Profile!)!;
            if (profile == "sunspec" && own.Map == ProfileMap.SunSpec) return null;
            if (!truths.TryGetValue(profile, out Nameplate? truth))
            {
                truths[profile] = truth = (await FamilyUnderAttack.ReadAsync(image, null, 0, profile: ProfileCatalog.Embedded.Find(profile))).Nameplate;
            }

            return truth;
        }
    }
}
