namespace Flip.Edge.Devices.Probing;

/// <summary>What a device that answers is good for.</summary>
public enum DeviceKind
{
    /// <summary>Nobody knows.</summary>
    Unknown,

    /// <summary>It tells of a battery, or its family has one.</summary>
    Battery,

    /// <summary>An inverter that tells of no battery.</summary>
    Inverter,

    /// <summary>A meter.</summary>
    Meter,

    /// <summary>A SunSpec device that is none of these, such as a charger for cars or a weather station.</summary>
    Other,
}

/// <summary>Tells devices apart by their SunSpec models, so that a meter or a charger is not offered as a battery (solaredge-modbus-multi#637).</summary>
public static class DeviceKinds
{
    /// <summary>The name in JSON.</summary>
    public static string Name(DeviceKind kind) => kind switch
    {
        DeviceKind.Battery => "battery",
        DeviceKind.Inverter => "inverter",
        DeviceKind.Meter => "meter",
        DeviceKind.Other => "other",
        _ => "unknown",
    };

    /// <summary>For people: <c>a battery</c>.</summary>
    public static string Describe(DeviceKind kind) => kind switch
    {
        DeviceKind.Battery => "a battery, or an inverter with one",
        DeviceKind.Inverter => "an inverter that tells of no battery",
        DeviceKind.Meter => "a meter",
        DeviceKind.Other => "neither a battery nor an inverter",
        _ => "unknown",
    };

    /// <summary>What has these SunSpec models. Storage: 124, 713, 801 to 809. Inverter: 101 to 103, 111 to 113, 701. Meter: 201 to 220.</summary>
    public static DeviceKind Of(IReadOnlyList<ushort> models)
    {
        if (models.Any(model => model is 124 or 713 or (>= 801 and <= 809))) return DeviceKind.Battery;
        if (models.Any(model => model is (>= 101 and <= 103) or (>= 111 and <= 113) or 701)) return DeviceKind.Inverter;
        if (models.Any(model => model is >= 201 and <= 220)) return DeviceKind.Meter;
        return models.Count == 0 ? DeviceKind.Unknown : DeviceKind.Other;
    }
}
