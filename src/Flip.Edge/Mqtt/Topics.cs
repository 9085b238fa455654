using System.Text;
using Flip.Edge.Configuration;

namespace Flip.Edge.Mqtt;

/// <summary>Names of the topics, all retained, under <c>{prefix}/{gateway id}/</c>.</summary>
internal sealed class Topics(EdgeSettings settings)
{
    private readonly string _root = $"{settings.Mqtt.TopicPrefix}/{settings.Gateway.Id}/";

    /// <summary><c>online</c>, and <c>offline</c> as the will.</summary>
    public string Availability => _root + "availability";

    public string Commissioning => _root + "commissioning";

    public string Enrollment => _root + "enrollment";

    /// <summary>The topics under which Home Assistant was told of this gateway, so that they can be taken back: a JSON list.</summary>
    public string Announced => _root + "home_assistant";

    /// <summary>A device id is free text of the OEM: what MQTT gives a meaning of its own is percent-encoded.</summary>
    public string Nameplate(string deviceId)
    {
        StringBuilder name = new(_root + "nameplate/");
        foreach (char c in deviceId)
        {
            if (c is '/' or '+' or '#' or '%' or '$' || char.IsControl(c)) name.Append(System.Globalization.CultureInfo.InvariantCulture, $"%{(int)c:X2}");
            else name.Append(c);
        }

        return name.ToString();
    }
}
