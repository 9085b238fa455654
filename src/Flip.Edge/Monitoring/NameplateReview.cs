using Flip.Edge.Configuration;
using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Monitoring;

/// <summary>Decides whether a nameplate may be sent to Flip as it is.</summary>
internal static class NameplateReview
{
    /// <summary>What a person has to do first, as one sentence; null when nothing.</summary>
    public static string? WhatIsNeeded(DeviceSettings device, Nameplate nameplate)
    {
        List<string> needs =
        [
            .. MissingField.Of(nameplate).Select(field => $"{field.Why}; type Overrides:{field.Override} for device {device.Id}"),
            .. nameplate.Warnings.Where(warning => warning.NeedsPerson).Select(warning => warning.Sentence),
        ];
        return needs.Count == 0 ? null : string.Join("; ", needs);
    }
}
