using Flip.Edge.Devices.Profiles;

namespace Flip.Edge.Devices.SunSpec;

/// <summary>What is known of a family of SunSpec devices before one is read.</summary>
/// <param name="Base">Where its map begins; null when nobody knows.</param>
/// <param name="Ignored">Points that are there and wrong.</param>
/// <param name="LastWanted">For models with registers of the maker's own that are wanted: the offset of the last of them.</param>
internal sealed record SunSpecFamily(int? Base, IReadOnlyList<IgnoredPoint> Ignored, IReadOnlyDictionary<ushort, int> LastWanted)
{
    /// <summary>Nothing is known.</summary>
    public static readonly SunSpecFamily Any = new(null, [], new Dictionary<ushort, int>());

    public static SunSpecFamily Of(DeviceProfile profile, IEnumerable<ProfilePoint> wanted) => new(
        profile.SunSpec.Base, profile.SunSpec.Ignore,
        wanted.Where(point => point.SunSpecModel is not null).GroupBy(point => point.SunSpecModel!.Value)
            .ToDictionary(model => model.Key, model => model.Max(point => Math.Max(point.Address + point.Registers - 1, point.ScaleFactorAddress ?? 0))));
}
