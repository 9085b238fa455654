using Dapper;
using Flip.Edge.Commissioning;

namespace Flip.Edge.Storage;

/// <content>What a person asks for while, or after, a request exists.</content>
internal sealed partial class CommissioningStore
{
    /// <summary>Keeps that somebody wants a commissioned site commissioned again.</summary>
    /// <param name="by">Who asked.</param>
    /// <returns>False when it is not commissioned, or no longer: somebody else's wish is carried out already.</returns>
    public bool RequestAgain(string by)
    {
        bool first = false;
        Commit(connection =>
        {
            first = connection.Execute(
                "UPDATE commissioning SET requested_at = @Now, requested_by = @By WHERE id = 1 AND state = 'commissioned'",
                new { Now = EdgeDatabase.Text(_time.GetUtcNow()), By = by }) > 0;
            if (first) Move(connection, CommissioningState.Waiting, StateReason.Requested);
        });
        return first;
    }

    /// <summary>What the request was held for is there: it goes on. Nothing, where it is not held, or no longer.</summary>
    public void CredentialIsThere()
    {
        if (!Current.LacksCredential) return;
        Commit(connection =>
        {
            // Looked at again in the transaction: a try may have begun at this very moment.
            if (Load(connection).LacksCredential) Move(connection, CommissioningState.Queued, new("queued", "the credential is in place now, and the request is about to be sent"));
        });
    }

    /// <summary>The site data that a person gave over the endpoint, JSON; null when there is none.</summary>
    public string? SiteData() => _database.Read(connection => connection.QueryFirstOrDefault<string>("SELECT site FROM site_data WHERE id = 1"));

    /// <summary>Keeps the site data until the site is commissioned.</summary>
    /// <returns>False when a request is on its way to Flip, or has arrived: then nothing is kept.</returns>
    public bool GiveSiteData(string json)
    {
        bool isTaken = false;
        // Looked at in the transaction: a request may be frozen, or settled, at this very moment.
        Commit(connection => isTaken = Load(connection) is { State: not CommissioningState.Commissioned } record
            && (!record.IsInFlight || record.IsWaitingForAPerson || record.IsHeldUp)
            && connection.Execute(
                "INSERT INTO site_data (id, site, given_at) VALUES (1, @Json, @Now) ON CONFLICT (id) DO UPDATE SET site = @Json, given_at = @Now",
                new { Json = json, Now = EdgeDatabase.Text(_time.GetUtcNow()) }) > 0);
        return isTaken;
    }
}
