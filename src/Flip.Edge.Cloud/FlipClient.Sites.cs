using System.Globalization;
using System.Text.Json.Serialization.Metadata;

namespace Flip.Edge.Cloud;

/// <content>What Flip knows of a site.</content>
public sealed partial class FlipClient
{
    // The page's own default. A site is eligible for a handful; the bound is for a server that never ends.
    private const int ProgramsPerPage = 100;
    private const int MostPages = 10;

    /// <inheritdoc/>
    public async Task<FlipAnswer<SiteRecord?>> FindAsync(string siteId, CancellationToken cancellationToken)
    {
        FlipAnswer<IReadOnlyList<SiteDevice>?> devices =
            await ListAsync(siteId, "devices", null, FlipJsonContext.Default.SiteDevice, cancellationToken).ConfigureAwait(false);
        if (devices is not FlipAnswer<IReadOnlyList<SiteDevice>?>.Given { Value: { } ours }) return NoSite(devices);
        FlipAnswer<IReadOnlyList<Enrollment>?> enrollments =
            await ListAsync(siteId, "enrollments", null, FlipJsonContext.Default.Enrollment, cancellationToken).ConfigureAwait(false);
        if (enrollments is not FlipAnswer<IReadOnlyList<Enrollment>?>.Given { Value: var its }) return NoSite(enrollments);

        // Flip has just listed its devices: a 404 now means that there are no enrollments, and not that there is no site.
        return new FlipAnswer<SiteRecord?>.Given(new(siteId, ours, its ?? []));
    }

    /// <inheritdoc/>
    public async Task<FlipAnswer<IReadOnlyList<FlipProgram>>> ProgramsAsync(string siteId, string? zipCode, CancellationToken cancellationToken)
    {
        List<FlipProgram> programs = [];
        HashSet<string> ids = new(StringComparer.Ordinal);
        string zip = zipCode is null ? "" : $"zip_code={Uri.EscapeDataString(zipCode)}&";
        for (int page = 0; page < MostPages; page++)
        {
            string query = string.Create(CultureInfo.InvariantCulture, $"programs?{zip}device_type=BATTERY&skip={page * ProgramsPerPage}&limit={ProgramsPerPage}");
            FlipAnswer<IReadOnlyList<FlipProgram>?> read =
                await ListAsync(siteId, query, zipCode, FlipJsonContext.Default.FlipProgram, cancellationToken).ConfigureAwait(false);
            if (read is FlipAnswer<IReadOnlyList<FlipProgram>?>.Failed failed) return new FlipAnswer<IReadOnlyList<FlipProgram>>.Failed(failed.Why);
            if (read is not FlipAnswer<IReadOnlyList<FlipProgram>?>.Given { Value: { } found })
                return new FlipAnswer<IReadOnlyList<FlipProgram>>.Failed(new CommissionOutcome.NotFlip("HTTP 404: Flip has no such site", MayHaveArrived: false));

            // A server that does not know "skip" gives the same page again.
            int before = programs.Count;
            programs.AddRange(found.Where(program => program.Id is null ? page == 0 : ids.Add(program.Id)));
            if (found.Count < ProgramsPerPage || programs.Count == before) break;
        }

        return new FlipAnswer<IReadOnlyList<FlipProgram>>.Given(programs);
    }

    /// <inheritdoc/>
    public async Task<FlipAnswer<bool>> AddDeviceAsync(string siteId, ReadOnlyMemory<byte> device, CancellationToken cancellationToken)
    {
        FlipRequest request = new(HttpMethod.Post, FlipBaseUrl.Combine(_baseUrl, $"/v1/site/{Uri.EscapeDataString(siteId)}/devices")) { Body = device };
        ClientExchange sent = await _client.SendAsync(request, cancellationToken).ConfigureAwait(false);

        // The page shows no answer, so one without a body is a success too. A login page with status 200 is none.
        if (sent.Exchange is FlipExchange.Answered { IsSuccess: true, Body: { End: BodyEnd.Complete, Bytes.Length: 0 } })
            return new FlipAnswer<bool>.Given(true);
        return JsonAnswer.Read(sent.Exchange, new(sent.Token?.Value)) is FlipAnswer<System.Text.Json.JsonElement>.Failed failed
            ? new FlipAnswer<bool>.Failed(_client.Named(failed.Why))
            : new FlipAnswer<bool>.Given(true);
    }

    /// <summary>The objects of a list of the site's; null when there is no such site.</summary>
    private async Task<FlipAnswer<IReadOnlyList<T>?>> ListAsync<T>(
        string siteId, string what, string? secret, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        FlipAnswer<FlipExchange?> asked = await _sites.GetAsync(siteId, what, secret, cancellationToken).ConfigureAwait(false);
        if (asked is FlipAnswer<FlipExchange?>.Failed failed) return new FlipAnswer<IReadOnlyList<T>?>.Failed(failed.Why);
        if (asked is not FlipAnswer<FlipExchange?>.Given { Value: { } answer }) return new FlipAnswer<IReadOnlyList<T>?>.Given(null);
        return JsonAnswer.ReadList(answer, new(secret), type, what.Split('?')[0]) switch
        {
            FlipAnswer<IReadOnlyList<T>>.Given list => new FlipAnswer<IReadOnlyList<T>?>.Given(list.Value),
            FlipAnswer<IReadOnlyList<T>>.Failed other => new FlipAnswer<IReadOnlyList<T>?>.Failed(other.Why.CreatedNothing()),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static FlipAnswer<SiteRecord?> NoSite<T>(FlipAnswer<T> answer) =>
        answer is FlipAnswer<T>.Failed failed ? new FlipAnswer<SiteRecord?>.Failed(failed.Why) : new FlipAnswer<SiteRecord?>.Given(null);
}
