using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Flip.Edge.Cloud;
using Flip.Edge.Configuration;
using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Commissioning;

/// <summary>The request as it will be sent, on every try, byte for byte.</summary>
internal sealed record FrozenRequest(
    string Key, byte[] Body, string Digest, string SettingsDigest, string SiteId, IReadOnlyList<CommissionedDevice> Devices)
{
    /// <summary>Makes the request of settings and nameplates.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="nameplates">A complete nameplate for each device, in the order of the configuration.</param>
    /// <param name="now">The trusted time: the install date where none is configured.</param>
    /// <param name="errors">What Flip would refuse; the request is not to be used then.</param>
    public static FrozenRequest Make(
        EdgeSettings settings, IReadOnlyList<Nameplate> nameplates, DateTimeOffset now, out IReadOnlyList<ContractError> errors)
    {
        CommissionRequest request = CommissionRequestBuilder.Build(
            Site(settings.Site),
            settings.Devices.Zip(nameplates, (device, nameplate) => Device(settings, device, nameplate, now)),
            settings.Commissioning.CanAutoEnroll);
        errors = CommissionRequestValidator.Validate(request, now);
        byte[] body = CommissionSerializer.Serialize(request);
        return new(
            Guid.NewGuid().ToString("N"),
            body,
            CommissionSerializer.Digest(body),
            SettingsDigestOf(settings),
            settings.Site.Id,
            [.. settings.Devices.Zip(nameplates, (device, nameplate) => new CommissionedDevice(
                device.Id, nameplate.SerialNumber.Value!, nameplate.CapacityWh.Value, nameplate.MaxChargeW.Value, nameplate.MaxDischargeW.Value))]);
    }

    /// <summary>
    /// A digest of every setting that ends up in the body. Where it differs from the frozen one, a person has changed something since.
    /// </summary>
    public static string SettingsDigestOf(EdgeSettings settings)
    {
        StringBuilder text = new();
        SiteSettings site = settings.Site;
        text.AppendJoin('\n', site.Id, site.FirstName, site.LastName, site.CompanyName, site.Email, site.StateCode, site.City, site.ZipCode,
            site.StreetAddress, site.StreetAddress2);
        text.Append('\n').Append(settings.Commissioning.CanAutoEnroll).Append('\n').Append(settings.Flip.InputPowerIs);
        foreach (DeviceSettings device in settings.Devices)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{device.Id} {device.Endpoint} {device.InstallDate:O} {device.Overrides}");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static SiteCreate Site(SiteSettings site) => new()
    {
        Id = site.Id,
        FirstName = site.FirstName,
        LastName = site.LastName,
        CompanyName = site.CompanyName,
        Email = site.Email,
        StateCode = site.StateCode,
        City = site.City,
        ZipCode = site.ZipCode,
        StreetAddress = site.StreetAddress,
        StreetAddress2 = site.StreetAddress2,
    };

    private static DeviceCreate Device(EdgeSettings settings, DeviceSettings device, Nameplate nameplate, DateTimeOffset now) => new()
    {
        Id = device.Id,
        SiteId = settings.Site.Id,
        ManufacturerName = nameplate.Manufacturer.Value!,
        ProductName = nameplate.Model.Value!,
        SerialNumber = nameplate.SerialNumber.Value!,
        Type = DeviceType.Battery,
        Attributes = BatteryPowerMapping.ToAttributes(
            nameplate.CapacityWh.Value, nameplate.MaxChargeW.Value, nameplate.MaxDischargeW.Value, settings.Flip.InputPowerIs),
        InstallDate = device.InstallDate ?? now,
    };
}
