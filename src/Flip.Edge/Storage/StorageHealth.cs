namespace Flip.Edge.Storage;

/// <summary>Whether what is accepted can be written down, and read, and what a start did about a file that could not be used.</summary>
/// <param name="Failure">Why nothing can be written, or read, for a person; null while it works.</param>
/// <param name="FailingSince">Since when.</param>
/// <param name="Recovered">What the start had to do; null when everything was in order.</param>
internal sealed record StorageHealth(string? Failure, DateTimeOffset? FailingSince, Recovered? Recovered)
{
    public bool IsFailing => Failure is not null;
}

/// <summary>What a start did about a file that was damaged or behind.</summary>
/// <param name="Sentence">For a person: what was found, and how the daemon goes on.</param>
/// <param name="PutAside">The damaged database as it is kept; null when it did not have to be replaced.</param>
internal sealed record Recovered(string Sentence, string? PutAside);
