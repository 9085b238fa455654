using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Flip.Edge.Simulator.Cloud;

/// <summary>
/// The page's request (docs.flip.energy/api-6038136), checked by hand and with no type of the gateway's own, so that a slip in those
/// shows. Stricter than Flip is known to be: unknown and deprecated fields are findings.
/// </summary>
internal static partial class PageContract
{
    // As the page prints them, without a space between.
    private const string StateCodes =
        "AKALARAZCACOCTDEFLGAHIIAIDILINKSKYLAMAMDMEMIMNMOMSMTNCNDNENHNJNMNVNYOHOKORPAPRRISCSDTNTXUTVAVTWAWIWVWY";

    /// <summary>Every slip of a body, as path and message.</summary>
    public static IReadOnlyList<(string Path, string Message)> Check(JsonElement body)
    {
        Findings findings = new();
        ContractObject? root = ContractObject.Open("", body, findings);
        if (root is null) return findings.All;
        string? siteId = null;
        if (root.Required("site", JsonValueKind.Object) is { } site) siteId = CheckSite(site, findings);
        if (root.Required("devices", JsonValueKind.Array) is { } devices)
        {
            if (devices.GetArrayLength() == 0) findings.Add("devices", "must hold at least one device");
            int index = 0;
            foreach (JsonElement device in devices.EnumerateArray()) CheckDevice($"devices[{index++}]", device, siteId, findings);
        }

        root.Required("can_auto_enroll", JsonValueKind.True, JsonValueKind.False);
        root.Close();
        return findings.All;
    }

    /// <summary>Every slip of a device that is added to a site.</summary>
    public static IReadOnlyList<(string Path, string Message)> CheckDevice(JsonElement device, string siteId)
    {
        Findings findings = new();
        CheckDevice("device", device, siteId, findings);
        return findings.All;
    }

    private static string? CheckSite(JsonElement value, Findings findings)
    {
        ContractObject site = ContractObject.Open("site", value, findings)!;
        string? id = site.RequiredText("id");
        foreach (string name in (string[])["first_name", "last_name", "company_name", "city", "zip_code", "street_address", "street_address2"])
            site.OptionalText(name);
        if (site.OptionalText("email") is { } email && !EmailPattern().IsMatch(email)) findings.Add("site.email", "is no e-mail address");
        if (site.OptionalText("state_code") is { } state && !IsStateCode(state)) findings.Add("site.state_code", "is not among the allowed values");
        site.Deprecated("service_account_id");
        site.Close();
        return id;
    }

    private static void CheckDevice(string path, JsonElement value, string? siteId, Findings findings)
    {
        if (ContractObject.Open(path, value, findings) is not { } device) return;
        device.RequiredText("id");
        if (device.RequiredText("site_id") is { } id && siteId is not null && id != siteId) findings.Add($"{path}.site_id", "is not the site's id");
        device.RequiredText("manufacturer_name");
        device.RequiredText("product_name");
        device.RequiredText("serial_number");
        string? type = device.RequiredText("type");
        if (type is not (null or "BATTERY" or "EV_CHARGER")) findings.Add($"{path}.type", "is not among the allowed values");
        if (device.Required("attributes", JsonValueKind.Object) is { } attributes) CheckAttributes($"{path}.attributes", attributes, findings);
        device.Deprecated("configuration");
        if (device.RequiredText("install_date") is { } date && !IsDateTime(date))
            findings.Add($"{path}.install_date", "is no RFC 3339 date-time with an offset");
        device.Close();
    }

    private static void CheckAttributes(string path, JsonElement value, Findings findings)
    {
        ContractObject attributes = ContractObject.Open(path, value, findings)!;
        foreach (string name in (string[])["battery_capacity_wh", "battery_power_input_w", "battery_power_output_w"])
        {
            if (attributes.Required(name, JsonValueKind.Number) is { } number && number.GetDouble() <= 0) findings.Add($"{path}.{name}", "must be above 0");
        }

        attributes.Close();
    }

    private static bool IsStateCode(string code) => code.Length == 2 && StateCodes.Chunk(2).Any(pair => new string(pair) == code);

    private static bool IsDateTime(string text) =>
        DateTimePattern().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s.]+$")]
    private static partial Regex EmailPattern();

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$")]
    private static partial Regex DateTimePattern();
}
