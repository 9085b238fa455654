using System.Globalization;
using System.Text.Json.Nodes;
using Flip.Edge.Simulator.Demo;

namespace Flip.Edge.Flapping;

/// <summary>Lets device and broker flap, sees that the daemon notices and recovers each time, and counts what it holds.</summary>
internal sealed class Soak(World world, IDaemonUnderSoak edge, Schedule schedule, TextWriter output)
{
    private static readonly Trouble[] Kinds = [Trouble.Refused, Trouble.Reset, Trouble.Silent, Trouble.CutMidway];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly List<Count> _counts = [];
    private readonly int[] _flaps = new int[Kinds.Length];

    /// <returns>False when something grew.</returns>
    /// <exception cref="IOException">The daemon did not notice, or did not recover.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        using LocalApi api = new(world.Socket);
        using HttpClient http = SocketHttp.Over(world.Socket);
        await api.CommissionAsync(cancellationToken);
        await UntilAsync(api, "commissioned", status => (string?)status["commissioning"]!["state"] == "commissioned" && IsWell(status), cancellationToken);
        Take();
        TimeSpan nextCount = schedule.Between;
        for (int round = 0; edge.Age < schedule.Length; round++)
        {
            TimeSpan began = edge.Age;
            await FlapAsync(api, http, round, cancellationToken);
            if (began + schedule.Round - edge.Age is { } rest && rest > TimeSpan.Zero) await edge.PassAsync(rest, cancellationToken);
            if (edge.Age < nextCount) continue;
            Take();
            nextCount += schedule.Between;
        }

        await output.WriteLineAsync($"flaps of each part: {string.Join(", ", Kinds.Select((kind, index) => $"{kind} {_flaps[index]}"))}; "
            + $"connections: device {world.Device.Connections}, broker {world.Broker.Connections}, cloud {world.Cloud.Connections}");
        return SoakVerdict.Print(_counts, schedule.WarmUp, edge.Bounds, output);
    }

    // Device and broker have different troubles at the same time, in every combination.
    private async Task FlapAsync(LocalApi api, HttpClient http, int round, CancellationToken cancellationToken)
    {
        Trouble device = Kinds[round % Kinds.Length], broker = Kinds[(round + (round / Kinds.Length)) % Kinds.Length];
        _flaps[round % Kinds.Length]++;
        await world.Device.BecomeAsync(device, cancellationToken);
        await world.Broker.BecomeAsync(broker, cancellationToken);

        // A device that was read is left in peace; a reload has it read again, and each reading is published.
        await ReloadAsync(http, cancellationToken);
        await UntilAsync(api, $"the device unreachable while it is {device}", status => (string?)status["devices"]![0]!["state"] != "ok", cancellationToken);
        await edge.PassAsync(schedule.AwayIn(round), cancellationToken);
        await world.Device.BecomeAsync(Trouble.None, cancellationToken);
        await world.Broker.BecomeAsync(Trouble.None, cancellationToken);
        await ReloadAsync(http, cancellationToken);
        await UntilAsync(api, $"well again after device {device} and broker {broker}", IsWell, cancellationToken);
        await http.GetStringAsync(new Uri("metrics", UriKind.Relative), cancellationToken);
    }

    private static async Task ReloadAsync(HttpClient http, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await http.PostAsync(new Uri("api/v1/reload", UriKind.Relative), null, cancellationToken);
        if (!answer.IsSuccessStatusCode) throw new IOException($"the reload was answered with {(int)answer.StatusCode}");
    }

    private static bool IsWell(JsonNode status) => (string?)status["devices"]![0]!["state"] == "ok" && (bool)status["mqtt"]!["connected"]!;

    private async Task UntilAsync(LocalApi api, string what, Func<JsonNode, bool> isSo, CancellationToken cancellationToken)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            JsonNode status = await api.GetAsync("api/v1/status", cancellationToken);
            if (isSo(status)) return;
            if (TimeProvider.System.GetElapsedTime(began) > Patience) throw new IOException($"the daemon was not {what} within {Patience.TotalMinutes} min: {status.ToJsonString()}");
            await edge.PassAsync(TimeSpan.FromMilliseconds(200), cancellationToken);
        }
    }

    private void Take()
    {
        Count count = edge.Count();
        if (_counts.Count == 0) output.WriteLine("       at   managed kB   resident MB   threads   handles   timers");
        _counts.Add(count);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{count.At,9:d\\.hh\\:mm}   {(count.ManagedBytes is { } bytes ? $"{bytes / 1e3:F0}" : "-"),10}   {count.ResidentBytes / 1e6,11:F1}   {count.Threads,7}   {count.Handles,7}   {count.Timers?.ToString(CultureInfo.InvariantCulture) ?? "-",6}"));
    }
}
