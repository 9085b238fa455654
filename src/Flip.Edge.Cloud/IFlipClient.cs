namespace Flip.Edge.Cloud;

/// <summary>Flip's cloud, as the gateway sees it.</summary>
public interface IFlipClient
{
    /// <summary>
    /// Tries once to commission (<c>POST /v1/commission</c>, docs.flip.energy/api-6038136). The bytes are sent as they are and never
    /// sent again by itself.
    /// </summary>
    /// <param name="frozenBody">The bytes of <see cref="CommissionSerializer.Serialize(CommissionRequest)"/>.</param>
    /// <param name="cancellationToken">The caller's wish to stop; the request may have arrived all the same.</param>
    /// <returns>What came of it; a failure of the network is an outcome too.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<CommissionOutcome> CommissionAsync(ReadOnlyMemory<byte> frozenBody, CancellationToken cancellationToken);
}
