namespace Flip.Edge.Configuration;

/// <summary>How the settings in use stand to the files that they come from.</summary>
/// <param name="Refusal">The last reload, where it found errors: the settings before it are used. Null after a good one.</param>
/// <param name="NeedRestart">Sections that the last good reload found changed, and that are only used after a restart.</param>
internal sealed record ConfigurationState(ConfigurationRefusal? Refusal, IReadOnlyList<string> NeedRestart)
{
    /// <summary>As after a start: what was read is used.</summary>
    public static readonly ConfigurationState Used = new(null, []);

    // Some errors list everything that would be right. The log has more of them, and config check all.
    private const int LongestError = 160;

    /// <summary>What a person should know and do; null when the files are used as they were read last.</summary>
    public string? Sentence => this switch
    {
        { Refusal.Errors: { Shown: [var first, ..], All: var all } } => $"the configuration has errors, and the one before is used: {FirstErrors.Cut(first.ToString(), LongestError)}{(all == 1 ? "" : $", and {all - 1} more")}. "
            + "flip-edge config check names them all; mend them and run flip-edge reload",
        { NeedRestart.Count: > 0 } => $"changed in the configuration, and used only after a restart of the service: {string.Join(", ", NeedRestart)}",
        _ => null,
    };

    /// <summary>
    /// The same without what stands in the file: for loopback HTTP, a broker's other clients and systemd's line, which everybody may read. A value that is
    /// quoted may be a password in the wrong place.
    /// </summary>
    public string? Brief => Refusal is { Errors: { Shown: [var first, ..], All: var all } }
        ? $"the configuration has errors ({all}, the first {(first.Key.Length == 0 ? "in the file itself" : $"at {first.Key}")}), and the one before is used: flip-edge config check names them; mend them and run flip-edge reload"
        : Sentence;
}

/// <param name="At">When it was refused.</param>
/// <param name="Errors">At least one; none quotes a secret or the homeowner's data.</param>
internal sealed record ConfigurationRefusal(DateTimeOffset At, FirstErrors Errors);
