using System.Globalization;

namespace Flip.Edge.Devices.Profiles.Telling;

/// <summary>A quirk in words, with its evidence.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Evidence">Who saw it.</param>
/// <param name="Note">What to know of it, or null.</param>
public sealed record QuirkText(string Text, ProfileEvidence Evidence, string? Note)
{
    /// <summary>All quirks of a profile.</summary>
    public static IReadOnlyList<QuirkText> Of(DeviceProfile profile)
    {
        ProfileQuirks quirks = profile.Quirks;
        QuirkText?[] all =
        [
            Say(quirks.ConnectDelay, wait => $"needs {Ms(wait)} after connecting"),
            Say(quirks.RequestGap, gap => $"needs {Ms(gap)} between a reply and the next request"),
            Say(quirks.ResponseTimeout, bounds => $"is given {Ms(bounds.Least)} to {Ms(bounds.Most)} for an answer"),
            Say(quirks.RegistersPerRead, most => string.Create(CultureInfo.InvariantCulture, $"gives at most {most} registers in one read")),
            Say(quirks.ReadThrough, widest => widest == 0
                ? "refuses a read with a register that it lacks"
                : string.Create(CultureInfo.InvariantCulture, $"is not known to answer across gaps of more than {widest} registers")),
            Say(quirks.IgnoreTransactionId, _ => "does not send the request's transaction id back"),
            Say(quirks.StripEcho, _ => "sends back what it hears before it answers"),
            Say(quirks.OneClient, _ => "takes one TCP client at a time"),
            Say(quirks.SilentInsteadOfException, _ => "stays silent where others answer with an exception"),
            Say(quirks.WordOrderBySetting, witness => $"has its word order as a setting: the one in which {witness} is plausible counts"),
            Say(quirks.BlocksMayBeMissing, blocks => $"does not have all of {string.Join(", ", blocks)} on every model and firmware"),
            Say(quirks.AddressShifts, shifts => $"has its whole map shifted by {string.Join(" or ", shifts.Select(shift => shift.ToString("+0;-0", CultureInfo.InvariantCulture)))} on some firmware"),
        ];
        return [.. all.OfType<QuirkText>()];
    }

    private static QuirkText? Say<T>(ProfileQuirk<T>? quirk, Func<T, string> sentence) =>
        quirk is null ? null : new(sentence(quirk.Value), quirk.Evidence, quirk.Note);

    private static string Ms(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms");
}
