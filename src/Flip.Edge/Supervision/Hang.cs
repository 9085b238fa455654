namespace Flip.Edge.Supervision;

/// <summary>
/// A hang on order, for tests of the released binary: with the environment variable <c>FLIPEDGE_HANG=text</c> the first step whose name
/// begins with that text blocks its thread for ever, as a read does in a driver that is stuck, and counts as hung after 5 s. Without the
/// variable it is one comparison. Compare <see cref="Storage.PowerCut"/>.
/// </summary>
internal static class Hang
{
    /// <summary>Not under the configuration's prefix: it is no setting of a gateway.</summary>
    public const string Variable = "FLIPEDGE_HANG";

    /// <summary>Tests don't wait for minutes.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    private static readonly string? Of = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? text : null;
    private static int _isTaken;

    /// <summary>Whether it is this step's turn to hang; that is so once.</summary>
    public static bool IsOrderedFor(string name) =>
        Of is not null && name.StartsWith(Of, StringComparison.Ordinal) && Interlocked.Exchange(ref _isTaken, 1) == 0;

    /// <summary>Never returns.</summary>
    public static void Here(Step step)
    {
        Console.Error.WriteLine($"hangs by {Variable}: {step}");
        using ManualResetEventSlim never = new();
        never.Wait(CancellationToken.None);
    }
}
