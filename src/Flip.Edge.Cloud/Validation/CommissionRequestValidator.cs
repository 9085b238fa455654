namespace Flip.Edge.Cloud;

/// <summary>
/// Checks a request against the page (docs.flip.energy/api-6038136) before it is frozen, and finds all errors at once. The page gives
/// no lengths: those here are ours, wide enough for every name and narrow enough to stop a mistake.
/// </summary>
public static class CommissionRequestValidator
{
    /// <summary>Longest id, in characters.</summary>
    public const int MaxIdLength = 128;

    /// <summary>Longest name, serial number or line of an address, in characters.</summary>
    public const int MaxTextLength = 200;

    /// <summary>Finds every error of the request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The time, from a clock that is trusted.</param>
    /// <returns>The errors in the order of the fields; empty when there are none.</returns>
    public static IReadOnlyList<ContractError> Validate(CommissionRequest request, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        ErrorList errors = new();
        CheckSite(request.Site, errors);
        if (request.Devices.Count == 0) errors.Add("devices", "none", "at least one device", "configure the battery");
        for (int i = 0; i < request.Devices.Count; i++) DeviceCheck.Check($"devices[{i}]", request.Devices[i], request.Site.Id, now, errors);
        CheckRepetition("id", request.Devices, device => device.Id, errors);
        CheckRepetition("serial_number", request.Devices, device => $"{device.ManufacturerName}\n{device.SerialNumber}", errors);
        return errors.Errors;
    }

    private static void CheckSite(SiteCreate site, ErrorList errors)
    {
        errors.RequireText("site.id", site.Id, MaxIdLength, "set the site's id");
        errors.AllowText("site.first_name", site.FirstName, MaxTextLength);
        errors.AllowText("site.last_name", site.LastName, MaxTextLength);
        errors.AllowText("site.company_name", site.CompanyName, MaxTextLength);
        if (site.Email is { } email && !EmailAddress.IsPlausible(email))
            errors.Add("site.email", ErrorList.Length(email), "an address such as name@example.com", "correct the address or leave it out");
        if (site.StateCode is { } state && !UsStateCodes.Contains(state)) AddStateCode(state, errors);
        errors.AllowText("site.city", site.City, MaxTextLength);
        errors.AllowText("site.zip_code", site.ZipCode, MaxTextLength);
        errors.AllowText("site.street_address", site.StreetAddress, MaxTextLength);
        errors.AllowText("site.street_address2", site.StreetAddress2, MaxTextLength);
    }

    private static void AddStateCode(string state, ErrorList errors)
    {
        // Two letters are quoted, a whole address typed into the wrong field is not.
        string found = state.Length == 2 && state.All(char.IsAsciiLetterOrDigit) ? $"\"{state}\"" : ErrorList.Length(state);
        bool isLowerCase = state.Length == 2 && UsStateCodes.Contains(state.ToUpperInvariant());
        string remedy = isLowerCase ? $"write {state.ToUpperInvariant()}" : "correct it or leave it out (DC is not among Flip's)";
        errors.Add("site.state_code", found, "one of Flip's 51 two-letter codes, such as CA", remedy);
    }

    private static void CheckRepetition(string name, IReadOnlyList<DeviceCreate> devices, Func<DeviceCreate, string> key, ErrorList errors)
    {
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        for (int i = 0; i < devices.Count; i++)
        {
            if (!seen.TryAdd(key(devices[i]), i))
                errors.Add($"devices[{i}].{name}", $"that of devices[{seen[key(devices[i])]}]", "its own", "give each device its own, or remove one");
        }
    }
}
