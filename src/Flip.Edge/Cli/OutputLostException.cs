namespace Flip.Edge.Cli;

/// <summary>What a command has to say can't be written: the disk behind the redirection is full, or the caller has closed the stream. Not a pipe whose reader has gone: .NET drops what is written there.</summary>
/// <param name="stream"><c>standard output</c> or <c>standard error</c>.</param>
/// <param name="cause">What the write failed with.</param>
internal sealed class OutputLostException(string stream, Exception cause) : IOException($"{stream} can't be written: {(cause.InnerException ?? cause).Message.TrimEnd('.')}", cause);
