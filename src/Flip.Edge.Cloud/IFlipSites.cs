namespace Flip.Edge.Cloud;

/// <summary>
/// What Flip knows of one site, and the calls that finish a half commission. All the doubts about these endpoints are settled behind
/// this interface (docs/flip-api-doubts.md). Nothing but the caller's cancellation is thrown.
/// </summary>
public interface IFlipSites
{
    /// <summary>
    /// Asks for a site: a site token (<c>POST /v1/auth/site/{siteId}</c>, where 404 means that there is no such site), then with it the
    /// devices (<c>GET /v1/site/{siteId}/devices</c>) and enrollments (<c>GET /v1/site/{siteId}/enrollments</c>).
    /// </summary>
    /// <param name="siteId">The OEM's site id.</param>
    /// <param name="cancellationToken">The caller's wish to stop.</param>
    /// <returns>The site, null when Flip says that there is none, or why Flip could not be asked.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<FlipAnswer<SiteRecord?>> FindAsync(string siteId, CancellationToken cancellationToken);

    /// <summary>Asks for the programs that a site's batteries are eligible for (<c>GET /v1/site/{siteId}/programs</c>).</summary>
    /// <param name="siteId">The OEM's site id.</param>
    /// <param name="zipCode">The site's ZIP code, which one capture of the page requires; null where it is not known.</param>
    /// <param name="cancellationToken">The caller's wish to stop.</param>
    /// <returns>The programs, or why Flip could not be asked.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<FlipAnswer<IReadOnlyList<FlipProgram>>> ProgramsAsync(string siteId, string? zipCode, CancellationToken cancellationToken);

    /// <summary>Adds a device to a site that Flip has (<c>POST /v1/site/{siteId}/devices</c>). The bytes are sent once.</summary>
    /// <param name="siteId">The OEM's site id.</param>
    /// <param name="device">The device as it stands in the frozen request, JSON.</param>
    /// <param name="cancellationToken">The caller's wish to stop; the request may have arrived all the same.</param>
    /// <returns>True when Flip has taken it, or what came instead.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<FlipAnswer<bool>> AddDeviceAsync(string siteId, ReadOnlyMemory<byte> device, CancellationToken cancellationToken);
}
