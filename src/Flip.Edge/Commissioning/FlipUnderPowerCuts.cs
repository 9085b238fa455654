using Flip.Edge.Cloud;
using Flip.Edge.Storage;

namespace Flip.Edge.Commissioning;

/// <summary>Flip's API with a <see cref="PowerCut"/> step before and after each request. Only in its place when a power cut is ordered.</summary>
internal sealed class FlipUnderPowerCuts(IFlipClient flip) : IFlipClient
{
    /// <summary>The client itself, or behind power cuts when these are ordered.</summary>
    public static IFlipClient Around(IFlipClient flip) => PowerCut.IsArmed ? new FlipUnderPowerCuts(flip) : flip;

    public async Task<CommissionOutcome> CommissionAsync(ReadOnlyMemory<byte> frozenBody, CancellationToken cancellationToken)
    {
        PowerCut.Step("before the commission request");
        CommissionOutcome outcome = await flip.CommissionAsync(frozenBody, cancellationToken);
        PowerCut.Step("after the commission request");
        return outcome;
    }
}
