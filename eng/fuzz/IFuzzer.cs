namespace Flip.Edge.Fuzz;

/// <summary>Runs cases one after the other on one thread, and may keep its buffers between them.</summary>
internal interface IFuzzer
{
    /// <summary>Runs a case.</summary>
    /// <returns>How it ended, in a word, and what it took.</returns>
    /// <exception cref="FindingException">Something that may not be: the message says what.</exception>
    public FuzzOutcome Run(Chance chance);
}

/// <summary>How a case ended.</summary>
/// <param name="Ending">A word or the name of an exception of ours, to be counted.</param>
/// <param name="Transactions">Requests that it took, or scans.</param>
internal readonly record struct FuzzOutcome(string Ending, int Transactions);

/// <summary>A rule that a case broke.</summary>
internal sealed class FindingException(string message) : Exception(message);
