using Flip.Edge.Cloud;
using Flip.Edge.Storage;

namespace Flip.Edge.Commissioning;

/// <summary>What Flip knows of a site, with a <see cref="PowerCut"/> step before and after each question.</summary>
internal sealed class FlipSitesUnderPowerCuts(IFlipSites flip) : IFlipSites
{
    /// <summary>The client itself, or behind power cuts when these are ordered.</summary>
    public static IFlipSites Around(IFlipSites flip) => PowerCut.IsArmed ? new FlipSitesUnderPowerCuts(flip) : flip;

    public Task<FlipAnswer<SiteRecord?>> FindAsync(string siteId, CancellationToken cancellationToken) =>
        AskAsync("question for the site", () => flip.FindAsync(siteId, cancellationToken));

    public Task<FlipAnswer<IReadOnlyList<FlipProgram>>> ProgramsAsync(string siteId, string? zipCode, CancellationToken cancellationToken) =>
        AskAsync("question for the programs", () => flip.ProgramsAsync(siteId, zipCode, cancellationToken));

    public Task<FlipAnswer<bool>> AddDeviceAsync(string siteId, ReadOnlyMemory<byte> device, CancellationToken cancellationToken) =>
        AskAsync("request to add a device", () => flip.AddDeviceAsync(siteId, device, cancellationToken));

    private static async Task<T> AskAsync<T>(string what, Func<Task<T>> ask)
    {
        PowerCut.Step($"before the {what}");
        T answer = await ask();
        PowerCut.Step($"after the {what}");
        return answer;
    }
}
