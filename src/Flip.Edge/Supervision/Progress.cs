namespace Flip.Edge.Supervision;

/// <summary>
/// How code says what it is at. It need not know whether anybody watches: outside of a worker that is watched, a step is nothing.
/// </summary>
internal static class Progress
{
    /// <summary>
    /// For work without a time-out of its own. A card that is busy with itself can keep a write for a minute, and no restart makes it quicker.
    /// </summary>
    public static readonly TimeSpan Usual = TimeSpan.FromMinutes(2);

    /// <summary>For a conversation of up to four requests, each of which may take Flip:Timeout, at most 5 min.</summary>
    public static readonly TimeSpan Conversation = TimeSpan.FromMinutes(25);

    // It follows the calls and tasks of its worker.
    private static readonly AsyncLocal<Step?> Current = new();

    /// <summary>Something that must get on; <c>using</c> it ends it.</summary>
    /// <param name="what">Of what a worker is at, in the words of a person; no homeowner data and no secret.</param>
    /// <param name="bound">How long it may take without a step inside of it beginning or ending; <see cref="Usual"/> by default.</param>
    /// <returns>Null when nobody watches.</returns>
    public static IDisposable? Doing(string what, TimeSpan? bound = null) => Current.Value is { } outer ? outer.Begin(what, bound ?? Usual) : null;

    /// <summary>A wait for an event or a time, which may take for ever; <c>using</c> it ends it.</summary>
    /// <returns>Null when nobody watches.</returns>
    public static IDisposable? Waiting(string what) => Current.Value is { } outer ? outer.Begin($"waiting {what}", null) : null;

    internal static void Enter(Step step) => Current.Value = step;

    internal static void Leave(Step step) => Current.Value = step.Outer;
}
