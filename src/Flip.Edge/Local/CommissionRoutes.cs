using System.Text;
using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Status;
using Flip.Edge.Storage;
using Microsoft.Data.Sqlite;

namespace Flip.Edge.Local;

/// <summary>What a person can start, give and mend over the local endpoint.</summary>
internal sealed class CommissionRoutes(CommissioningTrigger trigger, SendingStep sending, GivenSite site, Reload reload, CurrentSettings settings, StatusView status)
{
    /// <summary>The longest site data that are taken, in bytes.</summary>
    public const int LargestSite = 16 * 1024;

    /// <summary><c>POST /api/v1/commission</c>, with <c>?again=SITE</c> for a site that is commissioned.</summary>
    public Task CommissionAsync(HttpContext context) => StoredAsync(context, async () =>
    {
        string? again = context.Request.Query["again"];
        TriggerAnswer answer = again is { Length: > 0 } name ? await trigger.PullAgainAsync("local", name) : await trigger.PullAsync("local");
        await (answer switch
        {
            TriggerAnswer.AlreadyDone => LocalAnswer.Json(context, 200, new("already_commissioned", status.Commissioning), StatusJson.Readable.TriggerReply),
            TriggerAnswer.Accepted => LocalAnswer.Json(context, 202, new("accepted", status.Commissioning), StatusJson.Readable.TriggerReply),
            TriggerAnswer.OtherSite => LocalAnswer.Problem(context, new(Problems.OtherSite, "Another site is commissioned", 409,
                $"This gateway is commissioned as site {status.Now.SiteId}, and not as {again}. Nothing was started; name the site that is meant.")),
            TriggerAnswer.OtherConfiguration => LocalAnswer.Problem(context, new(Problems.OtherSite, "Another site is configured", 409,
                $"This gateway is commissioned as site {again}, and Site:Id is {settings.ConfiguredSite.Id}. Nothing was started; correct Site:Id in the configuration, run flip-edge reload, and try again.")),
            _ => LocalAnswer.Problem(context, new(Problems.Attention, "A person is needed first", 409, status.Commissioning.Reason ?? "see the status")),
        });
    });

    /// <summary><c>POST /api/v1/site</c>: the site's data, in the names of Flip's API.</summary>
    public async Task SiteAsync(HttpContext context)
    {
        // Every local process can reach loopback; whose home this is, only the service's group may say.
        if (context.Connection.LocalIpAddress is not null)
        {
            await LocalAnswer.Problem(context, new(Problems.SocketOnly, "Only on the socket", 403,
                "Site data is taken on the Unix socket only, from the service's group: use flip-edge site, or curl --unix-socket."));
            return;
        }

        ConnectionSlot? slot = context.Features.Get<ConnectionSlot>();
        slot?.Await();
        string? json = await BodyAsync(context);
        slot?.Answer();
        if (json is null)
        {
            await LocalAnswer.Problem(context, new(Problems.Site, "Too long", 413, $"The site's data may have {LargestSite} bytes."));
            return;
        }

        await StoredAsync(context, () => Taken(site.Give(json, out IReadOnlyList<ConfigurationError> errors)) switch
        {
            GivenSiteAnswer.Taken => LocalAnswer.Json(context, 202, new("accepted", status.Commissioning), StatusJson.Readable.TriggerReply),
            GivenSiteAnswer.InFlight => LocalAnswer.Problem(context, new(Problems.Site, "A request is on its way", 409,
                "A request is frozen and on its way to Flip; it stays as it is. Wait for its end.")),
            GivenSiteAnswer.Commissioned => LocalAnswer.Problem(context, new(Problems.Site, "Commissioned already", 409,
                "The site is commissioned, and its data is Flip's to change now.")),
            _ => LocalAnswer.Problem(context, new(Problems.Site, "The site's data has errors", 400,
                string.Join("; ", errors.Select(error => $"{error.Key} {error.Sentence}".Trim())))),
        });
    }

    /// <summary><c>POST /api/v1/reload</c>: reads the configuration anew, and tries again what needed attention.</summary>
    public Task ReloadAsync(HttpContext context) => StoredAsync(context, () =>
    {
        ReloadResult result = reload.Run("local");
        return result.Errors.All == 0
            ? LocalAnswer.Json(context, 200, new("reloaded", result.NeedRestart, result.IsSiteGiven, status.Commissioning, result.Copied), StatusJson.Readable.ReloadReply)
            : LocalAnswer.Problem(context, new(Problems.Configuration, "The configuration has errors", 422,
                // Sentences quote what is wrong, from a file that not every local process may read.
                $"Nothing was changed: {(SocketOnly.Is(context) ? result.Errors.Line : "flip-edge config check names the errors, to whoever may read the file")}")
            {
                Errors = SocketOnly.Is(context) ? [.. result.Errors.Shown.Select(error => error.ToString())] : null,
                MoreErrors = SocketOnly.Is(context) ? result.Errors.Left : 0,
            });
    });

    // A request that waits for its credential is given up for the new data at once.
    private GivenSiteAnswer Taken(GivenSiteAnswer answer)
    {
        if (answer == GivenSiteAnswer.Taken) sending.TryNow();
        return answer;
    }

    private static async Task StoredAsync(HttpContext context, Func<Task> answer)
    {
        try
        {
            await answer();
        }
        catch (Exception failed) when (failed is SqliteException or StorageException)
        {
            await LocalAnswer.Problem(context, new(Problems.Storage, "It could not be written down", 503,
                $"Nothing was accepted: {failed.Message}. Check the free space and the owner of Gateway:DataDirectory, and try again."));
        }
    }

    private static async Task<string?> BodyAsync(HttpContext context)
    {
        using MemoryStream bytes = new();
        byte[] buffer = new byte[4096];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (bytes.Length + read > LargestSite) return null;
            bytes.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
