using Flip.Edge.Cli;

namespace Flip.Edge.Doctor;

/// <summary>What the running daemon tells, over its socket.</summary>
internal static class DaemonParts
{
    /// <summary>A walk ends after two minutes, and may have to wait for another.</summary>
    public static readonly TimeSpan WalkLimit = TimeSpan.FromMinutes(5);

    public static IEnumerable<DoctorPart> All(LocalClient client, IReadOnlyList<string> devices) =>
    [
        Get(client, "status.json", "the status", "/api/v1/status"),
        Get(client, "nameplate.json", "the nameplates with their evidence", "/api/v1/nameplate"),
        Get(client, "history.json", "the requests so far", "/api/v1/commission/history"),
        Get(client, "enrollment.json", "the enrollment", "/api/v1/enrollment"),
        Get(client, "log.json", "the last warnings and errors", "/api/v1/log"),
        Get(client, "metrics.txt", "the metrics", "/metrics") with { IsOwnText = true },
        .. devices.Select((device, index) => new DoctorPart(WalkName(index), $"a walk over the registers of {device}, up to two minutes", end => WalkAsync(client, device, end))
        {
            Limit = WalkLimit,
        }),
    ];

    // By number: an id is free text, and no file's name.
    public static string WalkName(int index) => FormattableString.Invariant($"walk-{index + 1}.json");

    private static DoctorPart Get(LocalClient client, string file, string what, string path) => new(file, what, async end =>
    {
        try
        {
            using HttpResponseMessage answer = await client.GetAsync(path, end);
            return await BodyAsync(answer, end);
        }
        catch (HttpRequestException away)
        {
            throw new PartUnavailableException(LocalTrouble.Sentence(client.SocketPath, away));
        }
    });

    private static async Task<byte[]> WalkAsync(LocalClient client, string id, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await client.PostAsync($"/api/v1/walk?device={Uri.EscapeDataString(id)}", null, cancellationToken);
        return await BodyAsync(answer, cancellationToken);
    }

    private static async Task<byte[]> BodyAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        byte[] body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        return answer.IsSuccessStatusCode ? body : throw new PartUnavailableException(LocalCommand.Detail(System.Text.Encoding.UTF8.GetString(body)));
    }
}
