using System.Buffers;
using System.Text;
using System.Text.Json;
using Flip.Edge.Configuration;
using Flip.Edge.Storage;

namespace Flip.Edge.Commissioning;

/// <summary>What came of site data over the endpoint.</summary>
internal enum GivenSiteAnswer
{
    /// <summary>It is on the disk, and used for the next request.</summary>
    Taken,

    /// <summary>The site is commissioned; its data is no longer ours to change.</summary>
    Commissioned,

    /// <summary>A request is on its way to Flip, and stays as it is.</summary>
    InFlight,

    /// <summary>It has errors.</summary>
    Invalid,
}

/// <summary>
/// The site's data as a person gives it to the running daemon, in the names of Flip's API: for the installer who mends a slip without
/// access to the configuration file. It lies on top of the configuration's, survives restarts, and is deleted once the site is
/// commissioned.
/// </summary>
internal sealed partial class GivenSite(
    CommissioningStore store, CurrentSettings settings, ChangeSignal changes, ILogger<GivenSite> log)
{
    /// <summary>
    /// Takes up what is on the disk: at the start what was given before, and after a commission, with which it was deleted there, nothing,
    /// or what was given since for the next one.
    /// </summary>
    public void Load()
    {
        lock (settings.Freezing) settings.Give(store.SiteData() is { } json ? Read(json, out _) : null);
    }

    /// <summary>Checks, keeps and uses site data.</summary>
    /// <param name="json">An object with the fields of Flip's site.</param>
    /// <param name="errors">Every error, where there are any.</param>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">It could not be written down, and so is not accepted.</exception>
    /// <exception cref="StorageException">As above.</exception>
    public GivenSiteAnswer Give(string json, out IReadOnlyList<ConfigurationError> errors)
    {
        SiteSettings? site = Read(json, out errors);
        if (site is null) return GivenSiteAnswer.Invalid;
        lock (settings.Freezing)
        {
            if (!store.GiveSiteData(Text(site)))
            {
                return store.Current.State == CommissioningState.Commissioned ? GivenSiteAnswer.Commissioned : GivenSiteAnswer.InFlight;
            }

            settings.Give(site);
            LogGiven(site.Id);
            CommissioningRecord record = store.Current;
            if (record.IsWaitingForAPerson || record.IsHeldUp) store.Withdraw(record.Outbox!.Key, "site data");
        }

        changes.Raise();
        return GivenSiteAnswer.Taken;
    }

    private static SiteSettings? Read(string json, out IReadOnlyList<ConfigurationError> errors)
    {
        List<ConfigurationError> found = [];
        errors = found;
        Dictionary<string, string?> keys = new(StringComparer.OrdinalIgnoreCase);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException("it is no object");
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (property.Value.ValueKind is JsonValueKind.Null) continue;
                if (property.Value.ValueKind is not JsonValueKind.String) found.Add(new(property.Name, "has to be a text or null"));
                else if (!keys.TryAdd(Key(property.Name), property.Value.GetString())) found.Add(new(property.Name, "is given twice"));
            }
        }
        catch (JsonException slip)
        {
            // Its message can quote what it met, and that may be somebody's name.
            found.Add(new("", $"is no JSON object with the fields of a site (line {slip.LineNumber + 1 ?? 1})"));
            return null;
        }
        catch (InvalidOperationException)
        {
            // "\ud800", half of a character, is JSON and no text.
            found.Add(new("", "holds half of a character, as \\ud800 is; expected whole ones: save it as UTF-8"));
            return null;
        }

        SectionReader section = new(new ConfigurationBuilder().AddInMemoryCollection(keys).Build(), "", found);
        SiteSettings site = SiteSection.Read(section);
        return found.Count == 0 ? site : null;
    }

    // As Flip writes it, and not as a person wrote it, with other blanks and capitals: so HomeownerMask finds it in a damaged database.
    private static string Text(SiteSettings site)
    {
        (string Name, string? Value)[] fields =
        [
            ("id", site.Id), ("first_name", site.FirstName), ("last_name", site.LastName), ("company_name", site.CompanyName), ("email", site.Email),
            ("state_code", site.StateCode), ("city", site.City), ("zip_code", site.ZipCode), ("street_address", site.StreetAddress),
            ("street_address2", site.StreetAddress2),
        ];
        ArrayBufferWriter<byte> text = new();
        using (Utf8JsonWriter writer = new(text))
        {
            writer.WriteStartObject();
            foreach ((string name, string? value) in fields.Where(field => field.Value is not null)) writer.WriteString(name, value);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    // zip_code is ZipCode in the configuration.
    private static string Key(string name) =>
        string.Concat(name.Split('_').Select(part => part.Length == 0 ? "_" : char.ToUpperInvariant(part[0]) + part[1..]));

    [LoggerMessage(232, LogLevel.Information, "New data of site {Site} were given over the local endpoint")]
    private partial void LogGiven(string site);
}
