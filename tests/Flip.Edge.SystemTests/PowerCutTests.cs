using System.Net;
using System.Text.Json.Nodes;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.SystemTests.Support;

namespace Flip.Edge.SystemTests;

/// <summary>
/// The power goes at every step of one commission in turn: before and after each transaction, each rename of the identity mirror and each
/// request to Flip. Whichever it was, the end is the same.
/// </summary>
public sealed class PowerCutTests
{
    private const string Variable = "FLIPEDGE_POWER_CUT_AT";

    // Open, request, reading, freeze, begin, send, end: each with a step before and one after. Fewer would mean that a step was lost.
    private const int LeastSteps = 14;
    private const int MostSteps = 120;

    // A step may come after the state is there, such as the first question for the enrollment.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// What tells of times and tries, which do differ. So does the version: where the power goes between the mirror's rename and the commit,
    /// the mirror has promised one already, and none is given twice; the start then tells that it believed the mirror.
    /// </summary>
    private static readonly (string Part, string Field)[] OfTimesAndTries =
    [
        ("commissioning", "since"), ("commissioning", "next_attempt_at"), ("commissioning", "attempts"),
        ("enrollment", "recorded_at"), ("enrollment", "enrolled_at"), ("enrollment", "version"),
        ("storage", "recovered"),
    ];

    [Theory]
    [InlineData("")]
    [InlineData("drop-after-commit")]
    public async Task At_whichever_step_the_power_goes_the_site_is_commissioned_once_and_the_status_is_the_same(string faults)
    {
        await using HostedDevice device = await Site.DeviceAsync();
        Run uncut = await RunAsync(device, faults, cutAt: null);
        List<string> differences = [];
        int step = 1;
        while (true)
        {
            Assert.True(step <= MostSteps, $"still cut at step {MostSteps}");
            Run run = await RunAsync(device, faults, step);
            if (run.Difference is not null) differences.Add($"{run.Cut}: {run.Difference}");
            else if (run.Status != uncut.Status) differences.Add($"{run.Cut}:\n  {run.Status}\n  instead of\n  {uncut.Status}");
            if (run.Cut is null) break;
            step++;
        }

        Assert.True(uncut.Difference is null, $"without a power cut: {uncut.Difference}");
        Assert.True(differences.Count == 0, $"{differences.Count} of {step - 1} power cuts ended otherwise:\n{string.Join('\n', differences)}");
        Assert.True(step > LeastSteps, $"only {step - 1} steps");
    }

    /// <param name="Cut">The step at which the power went; null when it did not.</param>
    /// <param name="Difference">What is wrong with the end, if anything.</param>
    /// <param name="Status">The status at the end, without times and tries.</param>
    private sealed record Run(string? Cut, string? Difference, string? Status);

    private static async Task<Run> RunAsync(HostedDevice device, string faults, int? cutAt)
    {
        await using MockFlipCloud cloud = await Site.CloudAsync(faults);
        await using EdgeProcess edge = EdgeProcess.Prepare(Site.Configuration(cloud, device));
        if (cutAt is { } step) edge.Environment[Variable] = $"{step}";
        bool isAccepted = await edge.TryStartAsync() && await TryPressAsync(edge);
        string? cut = await IsCutAsync(edge) ? edge.Daemon.Error.Trim() : null;
        if (cut is not null)
        {
            Assert.Contains($"power cut at step {cutAt}:", cut, StringComparison.Ordinal);
            edge.Environment.Remove(Variable);
            await edge.StartAsync();
            if (!isAccepted) await edge.PressAsync();
        }

        JsonNode? status = await EndAsync(edge);
        return status is null
            ? new(cut, $"not commissioned: {(await edge.CommissioningAsync()).ToJsonString()}", null)
            : new(cut, Slip(cloud, status), Bare(status));
    }

    /// <returns>Whether the trigger was accepted; a press without an answer was not.</returns>
    private static async Task<bool> TryPressAsync(EdgeProcess edge)
    {
        try
        {
            return (await edge.PressAsync()).Code == HttpStatusCode.Accepted;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Waits until the power goes, or until the state no longer moves.</summary>
    private static async Task<bool> IsCutAsync(EdgeProcess edge)
    {
        string? last = null;
        long began = TimeProvider.System.GetTimestamp();
        while (!edge.Daemon.HasExited)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Eventually.Patience, $"neither cut nor at an end: {last}\n{edge.Story}");
            string? state = await StateAsync(edge);
            if (state is not null && state == last && state is "commissioned" or "attention") break;
            last = state;
            await Task.Delay(Quiet, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        if (!edge.Daemon.HasExited) return false;
        Assert.Equal(128 + 9, await edge.Daemon.ExitedAsync());
        return true;
    }

    private static async Task<string?> StateAsync(EdgeProcess edge)
    {
        try
        {
            return (string?)(await edge.CommissioningAsync())["state"];
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <returns>The status once all is done; null when it stays with a person.</returns>
    private static async Task<JsonNode?> EndAsync(EdgeProcess edge)
    {
        JsonNode? last = null;
        await Eventually.TrueAsync(
            async () =>
            {
                last = await edge.GetAsync("api/v1/status");
                string? state = (string?)last["commissioning"]!["state"];
                return state == "attention" || (state == "commissioned" && last["enrollment"] is not null && (string?)last["devices"]![0]!["state"] == "ok");
            },
            "an end", () => $"{last?.ToJsonString()}\n{edge.Story}");
        return (string?)last!["commissioning"]!["state"] == "commissioned" ? last : null;
    }

    private static string? Slip(MockFlipCloud cloud, JsonNode status)
    {
        if (cloud.Ledger.Sites.Count != 1) return $"{cloud.Ledger.Sites.Count} sites";
        if (cloud.Ledger.Findings.Count > 0) return $"{cloud.Ledger.Findings[0]}";
        string digest = cloud.Ledger.Sites[0].BodySha256;
        if (cloud.Ledger.Requests.Any(request => request.Sha256 is { } other && other != digest)) return "two different bodies";
        return (string?)status["commissioning"]!["request_sha256"] == digest ? null : "the daemon has another body than the cloud";
    }

    private static string Bare(JsonNode status)
    {
        // When Flip was last asked for the enrollment, and when it is next.
        Assert.True(status.AsObject().Remove("enrollment_check"), "the status has no enrollment_check");
        foreach ((string part, string field) in OfTimesAndTries) Assert.True(status[part]!.AsObject().Remove(field), $"{part} has no {field}");
        return status.ToJsonString();
    }
}
