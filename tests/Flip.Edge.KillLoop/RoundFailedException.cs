namespace Flip.Edge.KillLoop;

/// <summary>A round can't go on; the message says why.</summary>
internal sealed class RoundFailedException(string message) : Exception(message);
