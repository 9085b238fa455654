using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Probing;

/// <summary>
/// What a person set of a connection. Null was not set: then the profile decides, and where that tells nothing either, the client's
/// default. What was set wins over the profile (ha-solarman#844).
/// </summary>
public sealed record ModbusWishes
{
    /// <summary>Time to wait after connecting.</summary>
    public TimeSpan? ConnectDelay { get; init; }

    /// <summary>Least time between a reply and the next request.</summary>
    public TimeSpan? RequestGap { get; init; }

    /// <summary>How long a connection may take to open.</summary>
    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary>How long a device may take to answer.</summary>
    public TimeSpan? ResponseTimeout { get; init; }

    /// <summary>The most registers in one read.</summary>
    public int? RegistersPerRead { get; init; }

    /// <summary>The client's options for a device of this family, or for one that nothing is known about.</summary>
    public ModbusClientOptions OptionsFor(DeviceProfile? profile)
    {
        ProfileQuirks quirks = profile?.Quirks ?? new();
        ModbusClientOptions defaults = new();
        ModbusClientOptions options = new()
        {
            ConnectDelay = ConnectDelay ?? quirks.ConnectDelay?.Value ?? defaults.ConnectDelay,
            RequestGap = RequestGap ?? quirks.RequestGap?.Value ?? defaults.RequestGap,
            ConnectTimeout = ConnectTimeout ?? defaults.ConnectTimeout,
            ResponseTimeout = ResponseTimeout ?? defaults.ResponseTimeout,
            RegistersPerRead = RegistersPerRead ?? quirks.RegistersPerRead?.Value ?? defaults.RegistersPerRead,
            IgnoreTransactionId = quirks.IgnoreTransactionId?.Value ?? defaults.IgnoreTransactionId,
            StripEcho = quirks.StripEcho?.Value ?? defaults.StripEcho,
        };
        if (ResponseTimeout is not null || quirks.ResponseTimeout is not { Value: var (least, most) }) return options;
        TimeSpan first = defaults.ResponseTimeout < least ? least : defaults.ResponseTimeout > most ? most : defaults.ResponseTimeout;
        return options with { ResponseTimeout = first, LeastResponseTimeout = least, MostResponseTimeout = most };
    }
}
