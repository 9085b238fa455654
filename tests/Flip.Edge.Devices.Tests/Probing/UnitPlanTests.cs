using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using static Flip.Edge.Devices.Tests.Probing.SampleFamilies;

namespace Flip.Edge.Devices.Tests.Probing;

public sealed class UnitPlanTests
{
    private static readonly DeviceProfile[] InOrder =
        [Family("one", [1], baud: [9600], order: 10), Family("hundred", [100], order: 20), Family("far", [247, 1], baud: [9600], order: 30)];

    private static readonly DeviceProfile[] All = [.. InOrder, Family("sunspec", [1, 126], map: ProfileMap.SunSpec)];

    [Fact]
    public void A_unit_that_was_given_is_asked_for_everything_and_no_other_is_asked()
    {
        UnitQuestions only = Assert.Single(Plan("tcp://h?unit=7", ProbeScope.Person));
        Assert.Equal((7, true, false), (only.Unit, only.AsksSunSpec, only.MayLeaveUnit));
        Assert.Equal(InOrder, only.Anchors);
    }

    [Fact]
    public void A_unit_that_was_left_open_is_looked_for_where_the_families_have_it()
    {
        Assert.Equal(
            ["1 SunSpec one hundred far", "126 SunSpec", "100 hundred", "247 far"],
            Plan("tcp://h", ProbeScope.Unattended).Select(questions =>
                string.Join(' ', (string[])[$"{questions.Unit}", .. questions.AsksSunSpec ? ["SunSpec"] : Array.Empty<string>(), .. questions.Anchors.Select(anchor => anchor.Name)])));
    }

    [Fact]
    public void On_a_serial_line_other_units_are_asked_only_when_a_person_asked_for_it()
    {
        Assert.Equal([1], Plan("rtu:///dev/ttyUSB0", ProbeScope.Unattended).Select(questions => (int)questions.Unit));
        Assert.Equal([1, 126, 247], Plan("rtu:///dev/ttyUSB0", ProbeScope.Person).Select(questions => (int)questions.Unit));
    }

    [Fact]
    public void A_family_without_RS_485_is_not_looked_for_on_a_serial_line() =>
        Assert.DoesNotContain(Plan("rtu:///dev/ttyUSB0", ProbeScope.Person), questions => questions.Anchors.Any(anchor => anchor.Name == "hundred"));

    [Theory]
    [InlineData("tcp://h", true, "247 1")]
    [InlineData("tcp://h?unit=9", true, "9")]
    [InlineData("rtu:///dev/ttyUSB0", true, "247 1")]
    [InlineData("rtu:///dev/ttyUSB0", false, "247")]
    public void A_family_that_was_named_is_looked_for_at_its_own_units(string endpoint, bool isPerson, string units) => Assert.Equal(
        units,
        string.Join(' ', UnitPlan.ForNamed(ModbusEndpoint.Parse(endpoint), InOrder[2], isPerson ? ProbeScope.Person : ProbeScope.Unattended).Select(questions => questions.Unit)));

    private static IReadOnlyList<UnitQuestions> Plan(string endpoint, ProbeScope scope) => UnitPlan.ForAny(ModbusEndpoint.Parse(endpoint), InOrder, All, scope);
}
