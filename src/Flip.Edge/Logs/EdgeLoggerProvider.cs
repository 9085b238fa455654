namespace Flip.Edge.Logs;

/// <summary>Makes a <see cref="LogLine"/> of each log call once, and hands it to every sink.</summary>
[ProviderAlias("Edge")]
internal sealed class EdgeLoggerProvider(IEnumerable<ILogSink> sinks, TimeProvider time) : ILoggerProvider
{
    private readonly ILogSink[] _sinks = [.. sinks];

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _sinks, time);

    // The sinks are the container's.
    public void Dispose()
    {
    }

    private sealed class Logger(string category, ILogSink[] sinks, TimeProvider time) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) Write(LogLine.Of(time.GetTimestamp(), logLevel, category, eventId, formatter(state, exception), state, exception));
        }

        private void Write(LogLine line)
        {
            foreach (ILogSink sink in sinks) sink.Write(line);
        }
    }
}
