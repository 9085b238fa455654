using System.Collections.Concurrent;
using Flip.Edge.Cloud;
using Flip.Edge.Status;

namespace Flip.Edge.Tests.Support;

/// <summary>A request that is about to be made, and what the installer was told at that moment.</summary>
internal sealed record WatchedRequest(bool IsQuestion, DateTimeOffset At, CommissioningStatus Status);

/// <summary>The real client, which may be replaced as a network is, and a record of when it was used.</summary>
internal sealed class WatchedLine(FlipClient client, TimeProvider clock, Func<CommissioningStatus> status) : IFlipClient, IFlipSites, IDisposable
{
    private readonly ConcurrentQueue<WatchedRequest> _requests = new();

    public FlipClient Client { get; set; } = client;

    /// <summary>Every try to send, and every time that Flip was asked for the site.</summary>
    public IReadOnlyList<WatchedRequest> Requests => [.. _requests];

    public Task<CommissionOutcome> CommissionAsync(ReadOnlyMemory<byte> frozenBody, CancellationToken cancellationToken)
    {
        _requests.Enqueue(new(false, clock.GetUtcNow(), status()));
        return Client.CommissionAsync(frozenBody, cancellationToken);
    }

    public Task<FlipAnswer<SiteRecord?>> FindAsync(string siteId, CancellationToken cancellationToken)
    {
        _requests.Enqueue(new(true, clock.GetUtcNow(), status()));
        return Client.FindAsync(siteId, cancellationToken);
    }

    public Task<FlipAnswer<IReadOnlyList<FlipProgram>>> ProgramsAsync(string siteId, string? zipCode, CancellationToken cancellationToken) =>
        Client.ProgramsAsync(siteId, zipCode, cancellationToken);

    public Task<FlipAnswer<bool>> AddDeviceAsync(string siteId, ReadOnlyMemory<byte> device, CancellationToken cancellationToken) =>
        Client.AddDeviceAsync(siteId, device, cancellationToken);

    public void Dispose() => Client.Dispose();
}
