namespace Flip.Edge.Cloud;

/// <summary>Puts a commission request together so that its parts agree. It checks nothing: that is the validator's.</summary>
public static class CommissionRequestBuilder
{
    /// <summary>
    /// Makes the request: every device gets the site's id, optional site fields that are blank become absent, and deprecated fields
    /// are dropped.
    /// </summary>
    /// <param name="site">The site.</param>
    /// <param name="devices">Its devices, in the order in which they are to be sent.</param>
    /// <param name="canAutoEnroll">Whether the homeowner's consent to automatic enrollment is on record.</param>
    /// <returns>The request, ready for <see cref="CommissionRequestValidator"/>.</returns>
    public static CommissionRequest Build(SiteCreate site, IEnumerable<DeviceCreate> devices, bool canAutoEnroll)
    {
        ArgumentNullException.ThrowIfNull(site);
        ArgumentNullException.ThrowIfNull(devices);
        return new()
        {
            Site = site with
            {
                FirstName = Blank(site.FirstName),
                LastName = Blank(site.LastName),
                CompanyName = Blank(site.CompanyName),
                Email = Blank(site.Email),
                StateCode = Blank(site.StateCode),
                City = Blank(site.City),
                ZipCode = Blank(site.ZipCode),
                StreetAddress = Blank(site.StreetAddress),
                StreetAddress2 = Blank(site.StreetAddress2),
                ServiceAccountId = null,
            },
            Devices = [.. devices.Select(device => device with { SiteId = site.Id, Configuration = null })],
            CanAutoEnroll = canAutoEnroll,
        };
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
