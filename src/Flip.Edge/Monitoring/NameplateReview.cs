using Flip.Edge.Configuration;
using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Monitoring;

/// <summary>Decides whether a nameplate may be sent to Flip as it is.</summary>
internal static class NameplateReview
{
    /// <summary>What a person has to do first, one by one; empty when nothing.</summary>
    public static IReadOnlyList<string> WhatIsNeeded(DeviceSettings device, Nameplate nameplate) =>
    [
        .. MissingField.Of(nameplate).Select(field => $"{field.Why}; type Overrides:{field.Override} for device {device.Id}"),
        .. nameplate.Warnings.Where(warning => warning.NeedsPerson).Select(warning => warning.Sentence),
    ];

    /// <summary>The same as one sentence, with where it is typed and how it comes into use; null when there is nothing.</summary>
    public static string? Sentence(DeviceSettings device, IReadOnlyList<string> needs) =>
        needs.Count == 0 ? null : $"{string.Join("; ", needs)}; {WhereTo(device.Id)}";

    /// <summary>For the end of a sentence.</summary>
    public static string WhereTo(string device) => $"type it into the configuration file at Devices, Id \"{device}\", then run flip-edge reload";
}
