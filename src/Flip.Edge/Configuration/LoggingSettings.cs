namespace Flip.Edge.Configuration;

/// <summary>The least level that is logged; the numbers are those of <see cref="LogLevel"/>.</summary>
internal enum LogThreshold
{
    /// <summary>Everything.</summary>
    Trace = LogLevel.Trace,

    /// <summary>Each reading and each step of looking for a device.</summary>
    Debug = LogLevel.Debug,

    /// <summary>One line for each thing an operator cares about.</summary>
    Information = LogLevel.Information,

    /// <summary>What somebody should look at.</summary>
    Warning = LogLevel.Warning,

    /// <summary>What needs a person, or never should have happened.</summary>
    Error = LogLevel.Error,
}

/// <param name="Level">The least level that is logged.</param>
/// <param name="Categories">Levels of categories and of all that begin with their names: <c>Flip.Edge.Monitoring</c>.</param>
internal sealed record LoggingSettings(LogThreshold Level, IReadOnlyList<KeyValuePair<string, LogThreshold>> Categories)
{
    /// <summary>As it is where nothing is configured.</summary>
    public static LoggingSettings Default { get; } = new(LogThreshold.Information, []);
}
