using Flip.Edge.Status;
using Flip.Edge.Supervision;

namespace Flip.Edge.Tests.Supervision;

public sealed class StatusSentenceTests
{
    private static readonly DateTimeOffset Since = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Commissioned() => Assert.Equal(
        "commissioned as abc-789; battery-1 ok; enrollment ACTIVE; broker connected",
        StatusSentence.Of(Status("commissioned", null) with { Enrollment = Enrollment("ACTIVE") }, hasBroker: true));

    [Fact]
    public void Waiting_says_for_what() => Assert.Equal(
        "waiting for someone to start the commissioning: press the button, or run flip-edge commission; battery-1 ok",
        StatusSentence.Of(Status("waiting", "waiting for someone to start the commissioning: press the button, or run flip-edge commission"), hasBroker: false));

    [Fact]
    public void A_person_who_is_needed_reads_it_first() => Assert.Equal(
        "needs attention: type Overrides:CapacityWh for device battery-1; battery-1 needs input; broker away",
        StatusSentence.Of(
            Status("attention", "type Overrides:CapacityWh for device battery-1") with { Devices = [Device("needs_input")], Mqtt = new(false) }, hasBroker: true));

    [Fact]
    public void Work_is_said_with_its_reason() => Assert.Equal(
        "queued: Flip's server has a problem of its own; battery-1 ok", StatusSentence.Of(Status("queued", "Flip's server has a problem of its own"), hasBroker: false));

    [Fact]
    public void A_disk_that_fails_and_a_reload_that_was_refused_stand_before_the_devices() => Assert.Equal(
        "commissioned as abc-789; the configuration has errors, and the one before is used (flip-edge config check); storage fails: the disk is full; battery-1 ok",
        StatusSentence.Of(
            Status("commissioned", null) with
            {
                Storage = new("failing", "the disk is full", Since, null, null),
                Commissioning = Status("commissioned", null).Commissioning with { Trouble = [new("configuration", "the configuration has errors, and the one before is used (flip-edge config check)")] },
            },
            hasBroker: false));

    private static EdgeStatus Status(string state, string? reason) => new(
        "gw-0001", "0.1.0", new(state, null, reason, Since, true, 1, null, null, null), "abc-789", [Device("ok")], null, null, new(true), new(true, true),
        new("ok", null, null, null, null));

    private static DeviceStatusLine Device(string state) => new("battery-1", "tcp://10.0.0.7", state, null, []);

    private static EnrollmentStatusLine Enrollment(string status) =>
        new(status, "Approved", "enrolled", "e-1", "p-1", "Demo", null, ["battery-1"], null, null, 1, Since);
}
