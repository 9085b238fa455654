using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flip.Edge.Cloud;

/// <summary>
/// The site of a commission request: all eleven fields of the page (docs.flip.energy/api-6038136, "Site").
/// Only <see cref="Id"/> is required; a field that is null is left out when sent. Its text form shows the id alone, because the rest
/// is homeowner data.
/// </summary>
public sealed record SiteCreate
{
    /// <summary>The site's id in the installer's own system, for example <c>abc-789</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The homeowner's first name.</summary>
    public string? FirstName { get; init; }

    /// <summary>The homeowner's last name.</summary>
    public string? LastName { get; init; }

    /// <summary>Only if the customer is a company.</summary>
    public string? CompanyName { get; init; }

    /// <summary>The homeowner's e-mail address. See <see cref="EmailAddress"/>.</summary>
    public string? Email { get; init; }

    /// <summary>One of the codes of <see cref="UsStateCodes.All"/>.</summary>
    public string? StateCode { get; init; }

    /// <summary>The city.</summary>
    public string? City { get; init; }

    /// <summary>The zip code. In the sandbox, 88800, 88801 and 88802 match the test programs.</summary>
    public string? ZipCode { get; init; }

    /// <summary>Street and number.</summary>
    public string? StreetAddress { get; init; }

    /// <summary>Second line of the street address.</summary>
    public string? StreetAddress2 { get; init; }

    /// <summary>Deprecated on the page: read where it comes, never sent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)]
    public string? ServiceAccountId { get; init; }

    /// <summary>Fields that this version does not know, kept and written back as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? OtherFields { get; set; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Id = ").Append(Id);
        return true;
    }
}
