using Flip.Edge.Button;
using Flip.Edge.Status;

namespace Flip.Edge.Supervision;

/// <summary>The status in one line, for <c>systemctl status</c>: what a person needs first comes first. No homeowner data.</summary>
internal static class StatusSentence
{
    /// <param name="status">The status.</param>
    /// <param name="hasBroker">Whether a broker is configured at all.</param>
    public static string Of(EdgeStatus status, bool hasBroker) => string.Join("; ", Parts(status, hasBroker));

    private static IEnumerable<string> Parts(EdgeStatus status, bool hasBroker)
    {
        yield return Commissioning(status);
        if (status.Credential?.Reason is { } missing && status.Commissioning.Reason?.Contains(missing, StringComparison.Ordinal) != true) yield return missing;
        if (status.Commissioning.Trouble?.FirstOrDefault(trouble => trouble.Code == "configuration") is { } unused) yield return unused.Sentence;
        if (status.Storage.Reason is { } failing) yield return $"storage fails: {failing}";
        foreach (FailingWorkerLine broken in status.Failing ?? []) yield return $"the worker \"{broken.Worker}\" fails, see the log";
        foreach (DeviceStatusLine device in status.Devices) yield return $"{device.Id} {device.State.Replace('_', ' ')}";
        if (status.Enrollment?.Status is { } enrollment) yield return $"enrollment {enrollment}";
        if (hasBroker) yield return status.Mqtt.Connected ? "broker connected" : "broker away";
        foreach (ButtonBinding button in (status.Button ?? []).Where(button => button.IsMissed)) yield return $"button ({button.Source}) not bound";
        if (status.Led is { Reason: not null } led) yield return $"LED {led.Name} can't be used";
    }

    private static string Commissioning(EdgeStatus status) => (status.Commissioning.State, status.Commissioning.Reason) switch
    {
        ("commissioned", _) => $"commissioned as {status.SiteId}",
        ("attention", { } reason) => $"needs attention: {reason}",
        var (state, reason) => StateText.Of(state, reason),
    };
}
