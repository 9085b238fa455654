using System.Net.Sockets;
using System.Text;
using Flip.Edge.Cli;
using Flip.Edge.Configuration;

namespace Flip.Edge.Doctor;

/// <summary>Collects the bundle, part by part. A part that fails is in it as its error, and stops none of the others.</summary>
/// <param name="output">Where the person looks on.</param>
/// <param name="time">The clock.</param>
internal sealed class DoctorRun(TextWriter output, TimeProvider time)
{
    private static readonly string[] LeftOut =
    [
        "tokens, passwords, keys, and the files that hold them",
        "the homeowner's names, company, e-mail and address, also where they are frozen in the outbox",
        "the database file itself, and the answers to a program's form",
        "values of configuration keys that this version does not know",
    ];

    // Whoever calls for the doctor may have a daemon that hangs.
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    private readonly List<string> _index = [];

    /// <summary>Writes the bundle.</summary>
    /// <param name="path">A file that does not exist.</param>
    /// <param name="configFile">As with the other commands.</param>
    /// <param name="cancellationToken">Breaks it off; the file then holds what came until then.</param>
    /// <exception cref="IOException">The file exists, or can't be written; none is left then.</exception>
    /// <exception cref="UnauthorizedAccessException">The file can't be written.</exception>
    public async Task WriteAsync(string path, string? configFile, CancellationToken cancellationToken)
    {
        SecretMask mask = new();
        using DoctorBundle bundle = new(path, time.GetUtcNow(), mask);
        try
        {
            await CollectAsync(bundle, mask, configFile, cancellationToken);
        }
        finally
        {
            bundle.Save();
        }
    }

    private async Task CollectAsync(DoctorBundle bundle, SecretMask mask, string? configFile, CancellationToken cancellationToken)
    {
        SettingsResult read = ConfigurationFiles.Load(configFile, [], TimeZoneInfo.Local);
        List<ConfigurationError> unreadable = [];
        IConfiguration? sources = ConfigurationFiles.Sources(configFile, [], unreadable);
        if (sources is not null) SecretFiles.TakeUp(sources, Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY"), mask);

        // First: the mask learns from it what later parts may hold.
        await AddAsync(bundle, mask, new("configuration.json", "the configuration without secrets and homeowner data", _ => Task.FromResult(
            ShareableConfiguration.Write(sources ?? throw new PartUnavailableException(Sentences(unreadable).TrimEnd()), [.. read.Errors.Select(error => error.Key)], mask))), cancellationToken);
        await AddAsync(bundle, mask, DoctorPart.Text("configuration-errors.txt", "what is wrong with the configuration", _ => Task.FromResult(
            read.Errors.Count == 0 ? "nothing\n" : Sentences(read.Errors))), cancellationToken);

        string socket = read.Settings?.Local.Socket ?? sources?["Local:Socket"] ?? LocalSection.DefaultSocket;
        using LocalClient client = new(socket, DaemonParts.WalkLimit);
        (IReadOnlyList<string>? devices, bool isMute, string daemon) = await LookAsync(client, socket, cancellationToken);
        await output.WriteLineAsync(daemon);
        string data = read.Settings?.Gateway.DataDirectory ?? sources?["Gateway:DataDirectory"] ?? GatewaySection.DefaultDataDirectory;
        IEnumerable<DoctorPart> parts = devices is not null ? DaemonParts.All(client, devices)
            : [.. StoredParts.All(GatewaySettings.DatabaseIn(data), mask), .. read.Settings is null || isMute ? [] : WalkParts.All(read.Settings, time)];
        string[] directories = [Path.GetDirectoryName(Path.GetFullPath(configFile ?? ConfigurationFiles.DefaultFile))!, data];
        foreach (DoctorPart part in parts.Concat(SystemParts.All(directories, time))) await AddAsync(bundle, mask, part, cancellationToken);
        bundle.Add("README.txt", Encoding.UTF8.GetBytes(Readme(daemon)), isOwnText: true);
    }

    /// <summary>What the bundle holds, and what it doesn't, for its sender.</summary>
    public static IEnumerable<string> Contents =>
    [
        "It holds serial numbers, device and site ids, addresses of this network, and raw registers of the devices.",
        "Left out: " + string.Join("; ", LeftOut) + ".",
    ];

    // The devices of the running daemon; null when there is none, and they are ours to open. One that is there and may not be asked, or is mute, holds them.
    private async Task<(IReadOnlyList<string>? Devices, bool IsMute, string Sentence)> LookAsync(LocalClient client, string socket, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(AnswerLimit, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            Status.EdgeStatus status = await client.StatusAsync(either.Token);
            return ([.. status.Devices.Select(device => device.Id)], false, $"the daemon answers on {socket}");
        }
        catch (Exception mute) when (!cancellationToken.IsCancellationRequested && mute is OperationCanceledException or IOException or System.Text.Json.JsonException or HttpRequestException { InnerException: not SocketException })
        {
            string why = mute is OperationCanceledException ? $"does not answer within {AnswerLimit.TotalSeconds:0} s" : $"does not answer as it should ({mute.Message})";
            return (null, true, $"the daemon on {socket} {why}. It may hold the devices, which are left alone; the database is read without it");
        }
        catch (HttpRequestException away)
        {
            bool isForbidden = away.InnerException is SocketException { SocketErrorCode: SocketError.AccessDenied };
            return (isForbidden ? [] : null, false, isForbidden ? LocalTrouble.Sentence(socket, away) : $"{LocalTrouble.Sentence(socket, away)}. The devices and the database are read without it");
        }
    }

    private async Task AddAsync(DoctorBundle bundle, SecretMask mask, DoctorPart part, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(part.Limit, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            byte[] content = await part.Collect(either.Token);
            cancellationToken.ThrowIfCancellationRequested();
            bundle.Add(part.File, content, part.IsOwnText);
            await TellAsync(part.File, part.What, part.What);
        }
#pragma warning disable CA1031 // Whatever keeps one part out, support wants the others; the error stands in its place.
        catch (Exception failed) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            string why = failed is OperationCanceledException ? $"it took longer than {part.Limit.TotalSeconds:0} s" : failed.Message;
            bool isForeseen = failed is PartUnavailableException or OperationCanceledException or IOException or UnauthorizedAccessException or HttpRequestException;
            bundle.Add($"{part.File}.error.txt", Encoding.UTF8.GetBytes($"{(isForeseen ? why : failed.ToString())}\n"));
            // Problems of the endpoint begin as sentences, and ours do not.
            string absent = why is [>= 'A' and <= 'Z', ..] ? "not there. " : "not there, ";
            await TellAsync(part.File, absent + why, absent + mask.Apply(why));
        }
    }

    private async Task TellAsync(string file, string what, string shared)
    {
        _index.Add(TerminalText.OneLine($"{file}: {shared}"));
        await output.WriteLineAsync(TerminalText.OneLine($"  {file}: {what}"));
    }

    private static string Sentences(IEnumerable<ConfigurationError> errors) => string.Concat(errors.Select(error => $"{error}\n"));

    private string Readme(string daemon) =>
        $"flip-edge doctor {Status.BuildVersion.Whole}, {time.GetUtcNow():u}\n{daemon}\n\n{string.Concat(_index.Select(line => $"{line}\n"))}\n{string.Join('\n', Contents)}\n\n"
        + "A walk can be played by flip-edge-sim device --tcp 15020 --walk walk-1.json\n";
}
