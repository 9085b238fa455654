using System.Collections.Concurrent;
using Flip.Edge.Supervision;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flip.Edge.Tests.Supervision;

/// <summary>A systemd that keeps what it is told.</summary>
internal sealed class RecordedSystemd : ISystemdNotifier
{
    public ConcurrentQueue<string> Told { get; } = new();

    /// <summary>What every message fails with; null while it arrives.</summary>
    public Exception? Failure { get; set; }

    public bool IsEnabled => true;

    public void Notify(ServiceState state)
    {
        if (Failure is { } failure) throw failure;
        Told.Enqueue(state.ToString());
    }

    public ServiceNotices Notices(TimeProvider time, Microsoft.Extensions.Logging.ILogger<ServiceNotices>? log = null) =>
        new(this, time, log ?? NullLogger<ServiceNotices>.Instance);
}
