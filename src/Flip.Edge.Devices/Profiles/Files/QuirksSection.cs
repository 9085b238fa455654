namespace Flip.Edge.Devices.Profiles.Files;

/// <summary>Deviations from a well-behaved device, each with the one who saw it.</summary>
internal static class QuirksSection
{
    private const string AllBatteries = "batteries";
    private const int LongestPauseMs = 60_000;
    private const int FarthestShift = 100;

    public static ProfileQuirks Read(ProfileObject root, ProfileContext context)
    {
        if (root.Object("quirks") is not { } section) return new();
        ProfileQuirks quirks = new()
        {
            ConnectDelay = Of(section, "connect_delay_ms", context, value => Pause(value, context)),
            RequestGap = Of(section, "request_gap_ms", context, value => Pause(value, context)),
            ResponseTimeout = Of(section, "response_timeout_ms", context, value => Bounds(value, context)),
            RegistersPerRead = Of(section, "registers_per_read", context, value => value.AsWhole(context.Mistakes, 1, 125)),
            ReadThrough = Of(section, "read_through", context, value => value.AsWhole(context.Mistakes, 0, 123)),
            IgnoreTransactionId = Of(section, "ignore_transaction_id", context, value => Yes(value, context)),
            StripEcho = Of(section, "strip_echo", context, value => Yes(value, context)),
            OneClient = Of(section, "one_client", context, value => Yes(value, context)),
            SilentInsteadOfException = Of(section, "silent_instead_of_exception", context, value => Yes(value, context)),
            WordOrderBySetting = OfClass(section, "word_order_by_setting", context, value => Witness(value, context)),
            BlocksMayBeMissing = OfClass<IReadOnlyList<string>>(section, "blocks_may_be_missing", context, value => Blocks(value, context)),
            AddressShifts = OfClass(section, "address_shifts", context, value => Shifts(value, context)),
        };
        section.Close();
        return quirks;
    }

    private static ProfileQuirk<T>? Of<T>(ProfileObject section, string name, ProfileContext context, Func<ProfileNode, T?> read)
        where T : struct
    {
        T? value = null;
        (ProfileEvidence Evidence, string? Note)? rest = Rest(section, name, context, node => value = read(node));
        return rest is { } known && value is { } told ? new(told, known.Evidence, known.Note) : null;
    }

    private static ProfileQuirk<T>? OfClass<T>(ProfileObject section, string name, ProfileContext context, Func<ProfileNode, T?> read)
        where T : class
    {
        T? value = null;
        (ProfileEvidence Evidence, string? Note)? rest = Rest(section, name, context, node => value = read(node));
        return rest is { } known && value is not null ? new(value, known.Evidence, known.Note) : null;
    }

    private static (ProfileEvidence Evidence, string? Note)? Rest(ProfileObject section, string name, ProfileContext context, Action<ProfileNode> read)
    {
        if (section.Object(name) is not { } quirk) return null;
        if (quirk.Required("value", "{ \"value\": …, \"source\": … }") is { } value) read(value);
        ProfileEvidence evidence = context.Evidence.Of(quirk);
        string? note = quirk.Text("note");
        if (quirk.Node.Kind == NodeKind.Object) quirk.Close();
        return (evidence, note);
    }

    private static TimeSpan? Pause(ProfileNode node, ProfileContext context) =>
        node.AsWhole(context.Mistakes, 1, LongestPauseMs) is { } ms ? TimeSpan.FromMilliseconds(ms) : null;

    private static (TimeSpan Least, TimeSpan Most)? Bounds(ProfileNode node, ProfileContext context)
    {
        const int shortest = 20;
        if (node.AsRange(context.Mistakes) is not { } bounds) return null;
        if (bounds.Least >= shortest && bounds.Most <= LongestPauseMs) return (TimeSpan.FromMilliseconds((double)bounds.Least), TimeSpan.FromMilliseconds((double)bounds.Most));
        context.Mistakes.Add(node, FormattableString.Invariant($"has to be two numbers from {shortest} to {LongestPauseMs}: the shortest and the longest time-out in milliseconds"));
        return null;
    }

    private static bool? Yes(ProfileNode node, ProfileContext context)
    {
        if (node is { Kind: NodeKind.Flag, Text: "true" }) return true;
        context.Mistakes.Add(node, $"{node.Found}, and has to be true; leave the quirk out where it is not so");
        return null;
    }

    private static string? Witness(ProfileNode node, ProfileContext context)
    {
        if (context.Point(node) is not { } point) return null;
        if (point.Type != PointType.Text && point.Registers > 1 && point.Between is not null) return point.Name;
        context.Mistakes.Add(node, $"{node.Found}, and has to be a number of more than one register with between: only so it shows which order counts");
        return null;
    }

    private static List<string>? Blocks(ProfileNode node, ProfileContext context)
    {
        if (node.AsList(context.Mistakes) is not { } items) return null;
        List<string> names = [];
        foreach (ProfileNode item in items)
        {
            bool isKnown = item is { Kind: NodeKind.Text, Text: AllBatteries } ? context.Batteries is not null : context.Point(item) is not null;
            if (!isKnown) context.Mistakes.Add(item, "is \"batteries\", and the profile has no batteries");
            else if (names.Contains(item.Text)) context.Mistakes.Add(item, $"{item.Found} and stands in this list twice: leave one");
            else names.Add(item.Text);
        }

        return names;
    }

    private static IReadOnlyList<int>? Shifts(ProfileNode node, ProfileContext context)
    {
        IReadOnlyList<int>? shifts = node.AsWholes(context.Mistakes, -FarthestShift, FarthestShift);
        if (shifts?.Contains(0) == true) context.Mistakes.Add(node, "has 0, where the map always is looked for: leave it out");
        return shifts;
    }
}
