using System.Text.Json;
using Flip.Edge.Enrollment;
using Flip.Edge.Monitoring;
using Flip.Edge.Status;

namespace Flip.Edge.Mqtt;

/// <summary>What every topic should hold at this moment.</summary>
internal sealed class RetainedMessages(Topics topics, StatusView status, DeviceWatch devices)
{
    /// <summary>The newest enrollment that the publisher was handed by the feed.</summary>
    public EnrollmentSnapshot? Enrollment { get; set; }

    public IEnumerable<(string Topic, byte[] Payload)> Now()
    {
        yield return (topics.Commissioning, JsonSerializer.SerializeToUtf8Bytes(status.Commissioning, StatusJson.Readable.CommissioningStatus));
        if (Enrollment is { } snapshot)
        {
            yield return (topics.Enrollment, JsonSerializer.SerializeToUtf8Bytes(status.Document(snapshot), StatusJson.Readable.EnrollmentDocument));
        }

        foreach (DeviceStatus device in devices.Statuses)
        {
            if (device.State != DeviceState.Unknown) yield return (topics.Nameplate(device.Device.Id), NameplateJson.One(device));
        }
    }

    /// <summary>Whether a topic belongs to no device any more: a reload may take devices away. One that is only being read anew keeps its topic.</summary>
    public bool IsOfNoDevice(string topic) =>
        topic != topics.Commissioning && topic != topics.Enrollment && devices.Statuses.All(device => topics.Nameplate(device.Device.Id) != topic);
}
