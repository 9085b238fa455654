using System.Globalization;
using System.Text;
using System.Text.Json;
using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Monitoring;
using Flip.Edge.Status;

namespace Flip.Edge.Mqtt;

/// <summary>
/// The gateway and its batteries as Home Assistant's devices and entities (home-assistant.io/integrations/mqtt, "Discovery messages"): one
/// message for each entity, which every version and every other program that reads such messages takes. No homeowner data.
/// </summary>
internal sealed class HomeAssistantEntities(EdgeSettings settings, Topics topics, DeviceWatch devices)
{
    private static readonly HomeAssistantOrigin Origin = new("flip-edge", StatusView.Version);

    private const int LongestTopic = 1024;

    private readonly string _node = $"flip-edge-{Part(settings.Gateway.Id)}";

    /// <summary>Topic and body of each entity.</summary>
    public IEnumerable<(string Topic, byte[] Payload)> Now() =>
        Gateway().Concat(devices.Statuses.SelectMany(Battery)).Select(entity => (Topic(entity), JsonSerializer.SerializeToUtf8Bytes(entity, HomeAssistantJson.Readable.HomeAssistantEntity)));

    /// <summary>Whether a topic is of this gateway, as <see cref="Now"/> gives them or gave them under another prefix.</summary>
    // What can't be published can't be taken back either: wildcards are no topic (MQTT 5, 4.7.1).
    public bool IsOurs(string topic) =>
        topic.Split('/') is [.., _, _, var node, _, "config"] && node == _node && topic.Length <= LongestTopic && topic.IndexOfAny(['+', '#', '\0']) < 0;

    private IEnumerable<HomeAssistantEntity> Gateway()
    {
        HomeAssistantDevice gateway = new([_node], $"Flip.Edge {settings.Gateway.Id}", "Flip.Edge", "Gateway", null, StatusView.Version, null);
        yield return Entity("sensor", "", "commissioning", "Commissioning", gateway, topics.Commissioning, "{{ value_json.state }}") with
        {
            DeviceClass = "enum",
            Options = [.. Enum.GetNames<CommissioningState>().Select(name => name.ToLowerInvariant())],
            JsonAttributesTopic = topics.Commissioning,
            JsonAttributesTemplate = "{{ {'reason': value_json.reason, 'reason_code': value_json.reason_code, 'since': value_json.since} | tojson }}",
        };
        // A missing token holds the commissioning up before there is any, and a refused reload after it: the topic has both in its list alone.
        yield return Entity(
            "binary_sensor", "", "attention", "Needs a person", gateway, topics.Commissioning,
            "{{ 'ON' if value_json.state == 'attention' or value_json.trouble | default([]) else 'OFF' }}") with
        {
            DeviceClass = "problem",
            JsonAttributesTopic = topics.Commissioning,
            JsonAttributesTemplate = "{{ {'trouble': value_json.trouble | default([]) | map(attribute='sentence') | list} | tojson }}",
        };

        // No enum: Flip may have a status tomorrow that this version does not know, and it is shown as it came.
        yield return Entity("sensor", "", "enrollment", "Enrollment", gateway, topics.Enrollment, "{{ value_json.enrollment.status if value_json.enrollment else 'NONE' }}");
        yield return Entity("sensor", "", "program", "Program", gateway, topics.Enrollment, "{{ value_json.enrollment.program_name if value_json.enrollment else 'None' }}") with
        {
            EntityCategory = "diagnostic",
        };
    }

    private IEnumerable<HomeAssistantEntity> Battery(DeviceStatus status)
    {
        string id = status.Device.Id, part = Part(id), topic = topics.Nameplate(id);
        Nameplate? read = status.Nameplate;
        HomeAssistantDevice battery = new(
            [$"{_node}.{part}"], $"Battery {id}", Text(read?.Manufacturer), Text(read?.Model), Text(read?.SerialNumber), Text(read?.Firmware), _node);
        yield return Entity("sensor", part, "state", "State", battery, topic, "{{ value_json.state }}") with
        {
            DeviceClass = "enum",
            Options = [.. Enum.GetValues<DeviceState>().Select(DeviceStatus.Name)],
            EntityCategory = "diagnostic",
        };
        yield return Rating(part, "capacity", "Capacity", battery, topic, "capacity_wh", "energy_storage", "Wh");
        yield return Rating(part, "max_charge_power", "Maximum charge power", battery, topic, "max_charge_w", "power", "W");
        yield return Rating(part, "max_discharge_power", "Maximum discharge power", battery, topic, "max_discharge_w", "power", "W");
    }

    // A field that is not there, or has no value, is unknown and never 0. No state class: a rating has no history worth keeping.
    private HomeAssistantEntity Rating(string part, string key, string name, HomeAssistantDevice battery, string topic, string field, string deviceClass, string unit) =>
        Entity("sensor", part, key, name, battery, topic, $"{{{{ (value_json.{field} | default({{}})).value | default('None', true) }}}}") with
        {
            DeviceClass = deviceClass,
            UnitOfMeasurement = unit,
            EntityCategory = "diagnostic",
        };

    private HomeAssistantEntity Entity(string kind, string part, string key, string name, HomeAssistantDevice device, string stateTopic, string template) => new(
        kind, part.Length == 0 ? key : $"{part}-{key}", name, part.Length == 0 ? $"{_node}.{key}" : $"{_node}.{part}.{key}", stateTopic, template,
        topics.Availability, device, Origin);

    private string Topic(HomeAssistantEntity entity) => $"{settings.Mqtt.HomeAssistant.DiscoveryPrefix}/{entity.Kind}/{_node}/{entity.ObjectId}/config";

    private static string? Text(NameplateField<string>? field) => field is { IsPresent: true, Value: { Length: > 0 } value } ? value : null;

    // What a level of a discovery topic may not hold is written as _ and its UTF-8 bytes in hexadecimal, and so is _ itself: two ids never
    // become one.
    private static string Part(string id)
    {
        StringBuilder part = new(id.Length);
        foreach (byte unit in Encoding.UTF8.GetBytes(id))
        {
            if (char.IsAsciiLetterOrDigit((char)unit) || unit == (byte)'-') part.Append((char)unit);
            else part.Append(CultureInfo.InvariantCulture, $"_{unit:x2}");
        }

        return part.ToString();
    }
}
