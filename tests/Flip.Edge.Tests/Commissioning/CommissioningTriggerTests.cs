using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Monitoring;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flip.Edge.Tests.Commissioning;

public sealed class CommissioningTriggerTests : IDisposable
{
    private readonly SendingRig _rig = new();

    [Theory]
    [InlineData("abc-789", TriggerAnswer.Accepted)]
    [InlineData("abc-987", TriggerAnswer.OtherConfiguration)]
    public async Task Again_is_of_what_is_configured_even_before_the_worker_has_forgotten_what_was_given(string configured, object answer)
    {
        EdgeSettings settings = Settings.For(_rig.Directory.Path);
        CurrentSettings current = new(settings with { Site = settings.Site with { Id = configured } });
        SendingStep sending = _rig.Step(new(_rig.Time));
        using DeviceWatch devices = new(current, Finders.At(_rig.Time), new(_rig.Outbox.Store), _rig.Outbox.Changes, _rig.Time, NullLogger<DeviceMonitor>.Instance);
        CommissioningTrigger trigger = new(_rig.Outbox.Store, current, sending, _rig.Credential, devices, NullLogger<CommissioningTrigger>.Instance);
        current.Give(settings.Site);
        _rig.Outbox.Store.Commissioned("key-1", "done", PowerCutDirectory.Enrollment);

        Assert.Equal(answer, await trigger.PullAgainAsync("local", "abc-789"));
        Assert.Equal(answer is TriggerAnswer.Accepted, _rig.Record.IsRequested);
    }

    [Fact]
    public void What_was_given_is_forgotten_with_the_disk_and_what_is_given_for_the_next_time_is_not()
    {
        CurrentSettings current = new(Settings.For(_rig.Directory.Path));
        GivenSite site = new(_rig.Outbox.Store, current, _rig.Outbox.Changes, NullLogger<GivenSite>.Instance);
        Assert.Equal(GivenSiteAnswer.Taken, site.Give("""{"id":"abc-789","first_name":"Hildegard"}""", out _));
        _rig.Freeze();
        _rig.Outbox.Store.Commissioned("key-1", "done", PowerCutDirectory.Enrollment);
        site.Load();
        Assert.Equal("John", current.Now.Site.FirstName);

        _rig.Outbox.Store.RequestAgain("local");
        Assert.Equal(GivenSiteAnswer.Taken, site.Give("""{"id":"abc-789","first_name":"Irmgard"}""", out _));
        site.Load();

        Assert.Equal("Irmgard", current.Now.Site.FirstName);
    }

    public void Dispose() => _rig.Dispose();
}
