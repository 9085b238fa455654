namespace Flip.Edge.Cli;

/// <summary>What a command has to say can't be written: the disk behind the redirection is full, or the caller has closed the stream. Not a pipe whose reader has gone: what is written there is dropped.</summary>
/// <param name="cause">What the write failed with.</param>
internal sealed class OutputLostException(IOException cause) : IOException($"standard output can't be written: {cause.Message.TrimEnd('.')}", cause);
