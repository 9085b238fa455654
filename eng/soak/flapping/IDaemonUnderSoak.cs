namespace Flip.Edge.Flapping;

/// <summary>A daemon that is soaked: in this process on time that leaps, or a native binary in real time.</summary>
internal interface IDaemonUnderSoak : IAsyncDisposable
{
    /// <summary>Bounds that fit this kind: what may come in the time after the warm-up.</summary>
    public Bounds Bounds { get; }

    /// <summary>How much of its time went by since the start.</summary>
    public TimeSpan Age { get; }

    /// <summary>Lets some of its time go by.</summary>
    public Task PassAsync(TimeSpan span, CancellationToken cancellationToken);

    public Count Count();
}

/// <summary>By how much each may rise over the counts after the warm-up.</summary>
/// <param name="ManagedBytes">Objects.</param>
/// <param name="ResidentBytes">Resident memory.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Handles">File descriptors.</param>
/// <param name="Timers">Timers.</param>
internal sealed record Bounds(double ManagedBytes, double ResidentBytes, double Threads, double Handles, double Timers);
