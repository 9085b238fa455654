using Dapper;
using Flip.Edge.Commissioning;

namespace Flip.Edge.Storage;

/// <content>What a person asks for while, or after, a request exists.</content>
internal sealed partial class CommissioningStore
{
    /// <summary>Keeps that somebody wants a commissioned site commissioned again.</summary>
    /// <param name="by">Who asked.</param>
    /// <returns>False when it is no longer commissioned: somebody else was faster, and that request goes on as it is.</returns>
    public bool RequestAgain(string by)
    {
        bool isFirst = false;
        Commit(connection =>
        {
            isFirst = connection.Execute(
                "UPDATE commissioning SET requested_at = @Now, requested_by = @By WHERE id = 1 AND state = 'commissioned'",
                new { Now = EdgeDatabase.Text(_time.GetUtcNow()), By = by }) > 0;
            if (isFirst) Move(connection, CommissioningState.Waiting, StateReason.Requested);
        });
        return isFirst;
    }

    /// <summary>The site data that a person gave over the endpoint, JSON; null when there is none.</summary>
    public string? SiteData() => _database.Read(connection => connection.QueryFirstOrDefault<string>("SELECT site FROM site_data WHERE id = 1"));

    /// <summary>Keeps the site data until the site is commissioned.</summary>
    public void GiveSiteData(string json) => Commit(connection => connection.Execute(
        "INSERT INTO site_data (id, site, given_at) VALUES (1, @Json, @Now) ON CONFLICT (id) DO UPDATE SET site = @Json, given_at = @Now",
        new { Json = json, Now = EdgeDatabase.Text(_time.GetUtcNow()) }));
}
