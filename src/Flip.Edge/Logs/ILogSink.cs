namespace Flip.Edge.Logs;

/// <summary>Where lines of the log go.</summary>
internal interface ILogSink
{
    /// <summary>Takes a line, from any thread. It must not wait, and must not log.</summary>
    public void Write(LogLine line);
}
