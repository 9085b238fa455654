using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flip.Edge.Simulator.Cloud;
using static Flip.Edge.Simulator.Demo.NameplateText;

namespace Flip.Edge.Simulator.Demo;

/// <summary>Turns what is seen from outside (the local endpoint, the cloud, the broker) into the story, each thing once and in order.</summary>
internal sealed class Narrator(Story story, DemoWorld world, LocalApi api, TimeProvider time)
{
    /// <summary>For people: indented, and with + and &amp; as they are.</summary>
    public static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HashSet<string> _read = [];
    private string? _digest;
    private string? _frozen;
    private int _toldFailures;

    /// <summary>Tells what is new in a status.</summary>
    /// <returns>True when the site is commissioned and its enrollment is there.</returns>
    /// <exception cref="DemoFailedException">The commissioning waits for a person.</exception>
    public async Task<bool> OnStatusAsync(JsonNode status, CancellationToken ct)
    {
        await CatchUpAsync(status, ct).ConfigureAwait(false);
        var commissioning = status["commissioning"]!;
        var attempts = commissioning["attempts"]?.GetValue<int>() ?? 0;
        if (commissioning["next_attempt_at"] is { } next && attempts > _toldFailures)
        {
            _toldFailures = attempts;
            var wait = next.GetValue<DateTimeOffset>() - time.GetUtcNow();
            story.Tell(
                $"Try {attempts} is over, outcome \"{Text(commissioning["last_outcome"])}\". The next one is due in {Math.Max(0, wait.TotalSeconds):0.00} s.",
                Text(commissioning["reason"]) ?? "");
        }

        if (Text(commissioning["state"]) == "attention") throw new DemoFailedException($"it needs attention: {Text(commissioning["reason"])}");
        if (Text(commissioning["state"]) != "commissioned" || status["enrollment"] is not { } enrollment) return false;
        story.Tell(
            $"Commissioned: site {Text(status["site_id"])}, enrollment {Text(enrollment["status"])} after {attempts} tries.",
            enrollment.ToJsonString(Pretty));
        return true;
    }

    /// <summary>Tells what Flip's cloud received and what it answered.</summary>
    public async Task OnRequestAsync(MockRequest request, CancellationToken ct)
    {
        await CatchUpAsync(await api.GetAsync("api/v1/status", ct).ConfigureAwait(false), ct).ConfigureAwait(false);
        var answer = request.Status is { } status ? $"answers {status}" : "drops the connection";
        if (_digest is null)
        {
            _digest = request.Sha256;
            var same = _digest == _frozen ? "The digest is that of the frozen request." : "THE DIGEST IS NOT THAT OF THE FROZEN REQUEST.";
            story.Tell($"Try {request.Number}: POST /v1/commission reaches Flip, {request.Body.Length} bytes. The mock {answer}.", same, Body(request));
            return;
        }

        var bytes = request.Sha256 == _digest ? "the same bytes" : "OTHER BYTES";
        story.Tell($"Try {request.Number}: {bytes} again, sha256 {request.Sha256}. The mock {answer}{(request.Committed ? " and has the site in its ledger" : "")}.");
    }

    /// <summary>Tells what the broker keeps.</summary>
    public void TellTopics(bool complete)
    {
        story.Tell(complete ? "The broker keeps for whoever subscribes later:" : "The broker keeps so far (not all topics have come):", Topics());
    }

    private IEnumerable<string> Topics()
    {
        const int Longest = 400;
        foreach (var (topic, payload) in world.Broker.Retained)
        {
            yield return topic;
            yield return "    " + (payload.Length <= Longest ? payload : $"{payload[..Longest]}… ({payload.Length} characters)");
        }
    }

    private async Task CatchUpAsync(JsonNode status, CancellationToken ct)
    {
        var unread = status["devices"]!.AsArray().Where(device => Text(device!["state"]) == "ok" && !_read.Contains(Text(device["id"])!));
        if (unread.Any())
        {
            var nameplates = await api.GetAsync("api/v1/nameplate", ct).ConfigureAwait(false);
            foreach (var device in nameplates["devices"]!.AsArray()) TellNameplate(device!);
        }

        if (_frozen is null && Text(status["commissioning"]!["request_sha256"]) is { } digest)
        {
            _frozen = digest;
            story.Tell($"Frozen in the outbox before anything is sent: sha256 {digest}.");
        }
    }

    private void TellNameplate(JsonNode device)
    {
        if (device["capacity_wh"] is null || !_read.Add(Text(device["id"])!)) return;
        var hosted = Text(device["endpoint"]) == world.OnTcp.Endpoint.ToString() ? world.OnTcp : world.OnRtu;
        story.Tell(
            $"Device {Text(device["id"])} is read at {Text(device["endpoint"])}, profile {Text(device["profile"])}: " +
            $"{hosted.Device.Reads} reads and {hosted.Device.RegistersRead} registers so far.",
            Lines(device));
    }

    private static string Body(MockRequest request)
    {
        try
        {
            return JsonNode.Parse(request.Body.Span)!.ToJsonString(Pretty);
        }
        catch (JsonException exception)
        {
            return $"This is no JSON: {exception.Message}";
        }
    }
}
