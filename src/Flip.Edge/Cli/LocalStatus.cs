using System.Text.Json;
using Flip.Edge.Status;

namespace Flip.Edge.Cli;

/// <summary>The status as it came over the socket: what is there in each version's answer is there, whatever has answered.</summary>
internal static class LocalStatus
{
    /// <exception cref="JsonException">It is no status: no JSON, or another one.</exception>
    public static EdgeStatus Read(string json) =>
        JsonSerializer.Deserialize(json, StatusJson.Readable.EdgeStatus) is { Commissioning.State: not null, GatewayId: not null, Devices: not null, Mqtt: not null, Clock: not null } status
            && status.Devices.All(device => device is { Id: not null, Endpoint: not null, State: not null, Drift: not null })
            && (status.Button ?? []).All(button => button is not null)
            && (status.Failing ?? []).All(failing => failing is not null)
            ? status
            : throw new JsonException("it lacks what each version's status has");
}
