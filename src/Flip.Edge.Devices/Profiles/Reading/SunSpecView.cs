using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.SunSpec;

namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>What a profile's checks and points see of a SunSpec map.</summary>
internal sealed class SunSpecView(SunSpecMap map)
{
    /// <summary>What was read while walking.</summary>
    public RegisterBlocks Blocks => map.Blocks;

    /// <summary>A text of the common model by the name that checks use, or null for any other name.</summary>
    public PointReading? Common(string name) => name switch
    {
        "1.Mn" => Read(SunSpecPoints.Manufacturer),
        "1.Md" => Read(SunSpecPoints.Model),
        "1.Vr" => Read(SunSpecPoints.Version),
        "1.SN" => Read(SunSpecPoints.Serial),
        _ => null,
    };

    /// <summary>Address of the id register of the first model with this number that has these registers; null without one.</summary>
    public int? Begin(ushort model, int first, int count) =>
        map.Of(model).FirstOrDefault() is { } found && found.Has(first, count) ? found.Address : null;

    private PointReading Read(SunSpecText text)
    {
        NameplateField<string> field = map.Of(1).FirstOrDefault() is { } model
            ? SunSpecDecoder.Text(map, model, text)
            : NameplateField.NotImplemented<string>(null, text.Source, "the device has no SunSpec common model");
        ProfilePoint point = new()
        {
            Name = $"1.{text.Name}",
            Address = text.Offset,
            Type = PointType.Text,
            Registers = text.Registers,
            Evidence = new([], Confidence.TwoSources),
        };
        return new() { Point = point, State = field.State, Text = field.Value, Source = field.Source, Raw = field.Raw, Reason = field.Reason, IsToldAbsent = true };
    }
}
