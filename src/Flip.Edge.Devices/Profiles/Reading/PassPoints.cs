using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>The points of a profile as one pass read them.</summary>
/// <param name="profile">What they mean.</param>
/// <param name="unit">The device's unit id.</param>
/// <param name="shift">Registers by which the whole map is shifted.</param>
/// <param name="registers">What was read.</param>
internal sealed class PassPoints(DeviceProfile profile, byte unit, int shift, PassRegisters registers)
{
    private WordOrderProof? _order;

    public DeviceProfile Profile => profile;

    public byte Unit => unit;

    public int Shift => shift;

    public PassRegisters Registers => registers;

    /// <summary>The unit ids found for other roles; null for a role at none of whose units anything answers.</summary>
    public Dictionary<string, byte?> Units { get; } = new(StringComparer.Ordinal) { [DeviceProfile.MainUnit] = unit };

    /// <summary>Texts of the SunSpec common model by <c>1.Mn</c> and so on, and where a point of a model begins; null without a SunSpec map.</summary>
    public SunSpecView? SunSpec { get; init; }

    /// <summary>The word order of numbers, where it is a setting.</summary>
    public WordOrderProof Order => _order ??= WordOrderProof.Of(this);

    /// <summary>A point by its name, or a text of the SunSpec common model.</summary>
    public PointReading Of(string name) =>
        SunSpec?.Common(name) ?? (profile.Points.TryGetValue(name, out ProfilePoint? point) ? Of(point) : throw new InvalidOperationException($"the profile {profile.Name} has no point {name}"));

    /// <summary>Whether it was asked for already.</summary>
    public bool IsKnown(string name) =>
        SunSpec?.Common(name) is not null
        || (profile.Points.TryGetValue(name, out ProfilePoint? point) && Units.GetValueOrDefault(point.On) is { } at && Place(point) is { } place
            && (registers.Find(at, point.Function, place.First, place.Count) ?? (object?)registers.Absent(at, point.Function, place.First, place.Count)) is not null);

    /// <summary>A point.</summary>
    public PointReading Of(ProfilePoint point)
    {
        if (point.Type != PointType.Text && point.Registers > 1 && point.SunSpecModel is null && Order.Reason is { } unknown)
        {
            return Lacking(point, FieldState.Invalid, Source(point, point.Address + shift), unknown, false);
        }

        return Of(point, Order.Of(point));
    }

    /// <summary>A point in a given word order.</summary>
    public PointReading Of(ProfilePoint point, WordOrder order)
    {
        if (!Units.TryGetValue(point.On, out byte? at)) at = null;
        if (at is null)
        {
            string ids = string.Join(" or ", profile.Units.GetValueOrDefault(point.On, []));
            return Lacking(point, FieldState.NotImplemented, Source(point, point.Address + shift), $"{Source(point, point.Address + shift)} is not served: nothing can be read at unit {ids} ({point.On})", false);
        }

        if (Place(point) is not { } place)
        {
            return Lacking(point, FieldState.NotImplemented, $"SunSpec {point.SunSpecModel} offset {point.Address}", SunSpec?.Begin(point.SunSpecModel!.Value, 0, 2) is null
                ? $"the device has no SunSpec model {point.SunSpecModel}"
                : $"the device's SunSpec model {point.SunSpecModel} ends before offset {point.Address}", true);
        }

        string source = Source(point, place.Source);
        if (registers.Find(at.Value, point.Function, place.First, place.Count) is { } words) return PointDecoder.Decode(point, words, source, order);
        if (registers.Absent(at.Value, point.Function, place.First, place.Count) is { } absent)
        {
            return Lacking(point, FieldState.NotImplemented, source, $"{source} {Refusal.Text(absent.Failure)}", absent.IsExpected);
        }

        return Lacking(point, FieldState.Invalid, source,
            $"{source} needs {place.Count} registers from one response, and fewer are asked for at once; raise Modbus:RegistersPerRead (probe: --registers)", false);
    }

    /// <summary>Judges a condition.</summary>
    public CheckVerdict Judge(ProfileCheck check) => CheckVerdict.Of(check, Of(check.Point), profile);

    /// <summary>Where a point is: its registers with those of its scale factor. Null when the device lacks the SunSpec model.</summary>
    public (int First, int Count, int Source)? Place(ProfilePoint point)
    {
        if (point.SunSpecModel is null) return (point.Address + shift, point.Registers, point.Address + shift);
        int first = Math.Min(point.Address, point.ScaleFactorAddress ?? point.Address);
        int end = Math.Max(point.Address + point.Registers, (point.ScaleFactorAddress ?? 0) + (point.ScaleFactorAddress is null ? 0 : 1));
        return SunSpec?.Begin(point.SunSpecModel.Value, first, end - first) is { } begin ? (begin + first, end - first, begin + point.Address) : null;
    }

    private string Source(ProfilePoint point, int address)
    {
        byte? other = Units.GetValueOrDefault(point.On) is { } at && at != unit ? at : null;
        string registersOf = PointSource.Of(point.Function, address, other);
        return point.SunSpecModel is { } model ? $"SunSpec {model} offset {point.Address}, {registersOf}" : registersOf;
    }

    private static PointReading Lacking(ProfilePoint point, FieldState state, string source, string reason, bool isTold) =>
        new() { Point = point, State = state, Source = source, Reason = reason, IsToldAbsent = isTold };
}
