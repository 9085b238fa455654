using Flip.Edge.Pitfalls.Support;

namespace Flip.Edge.Pitfalls.P33_FloatModels;

/// <summary>
/// Inverters show model 101 to 103 or 111 to 113 as a setting in their web page says, which moves everything behind it by ten registers.
/// https://github.com/volkszaehler/mbmd/pull/139, https://github.com/evcc-io/evcc/issues/2834
/// </summary>
public sealed class FloatModelsTests
{
    [Fact]
    public async Task A_nameplate_is_the_same_behind_floats_as_behind_integers() =>
        HostileSunSpec.AssertHybrid(await HostileSunSpec.ReadAsync("float-inverter"));
}
