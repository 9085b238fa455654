using System.Text;
using System.Text.Json;
using Flip.Edge.Configuration;
using Flip.Edge.Status;

namespace Flip.Edge.Cli;

/// <summary>What the commands that talk to the daemon have in common.</summary>
internal static class LocalCommand
{
    private const int LongestStrange = 200;

    /// <summary>Runs a command over the daemon's socket, and says in words why it can't be reached.</summary>
    /// <param name="socket">The value of <c>--socket</c>.</param>
    /// <param name="config">The value of <c>--config</c>.</param>
    /// <param name="errors">Takes the words.</param>
    /// <param name="talk">The command.</param>
    /// <param name="patience">How long an answer may take; 30 s unless given.</param>
    /// <param name="time">Time of that.</param>
    public static async Task<int> RunAsync(
        string? socket, string? config, TextWriter errors, Func<LocalClient, Task<int>> talk, TimeSpan? patience = null, TimeProvider? time = null)
    {
        if (LocalClient.SocketOf(socket, config, errors) is not { } path) return ExitCodes.Usage;
        using LocalClient client = new(path, patience, time);
        try
        {
            return await talk(client);
        }
        catch (HttpRequestException failed)
        {
            await Wrapped.WriteErrorAsync(errors, LocalTrouble.Sentence(path, failed));
            return ExitCodes.Failed;
        }
        catch (JsonException)
        {
            await Wrapped.WriteErrorAsync(errors, LocalTrouble.Stranger(path));
            return ExitCodes.Failed;
        }
    }

    /// <summary>The answer's text, whatever encoding a stranger claims that it has.</summary>
    public static async Task<string> TextAsync(HttpResponseMessage answer, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(cancellationToken));

    /// <summary>The sentence of a problem that the endpoint answered.</summary>
    public static string Detail(string problem) => TerminalText.OneLine(
        Read(problem) is { } known ? $"{known.Title}: {known.Detail}"
        : $"what answers is no flip-edge, or one of another version: {FirstErrors.Cut(problem.Trim() is { Length: > 0 } said ? said : "it says nothing", LongestStrange)}");

    /// <summary>What is wrong with the configuration, where that is the problem, and how many errors more there are; empty otherwise, and where the daemon does not tell.</summary>
    public static (IReadOnlyList<string> Shown, int More) Errors(string problem) => Read(problem) is { } known ? (known.Errors ?? [], known.MoreErrors) : ([], 0);

    private static Problem? Read(string problem)
    {
        try
        {
            return JsonSerializer.Deserialize(problem, StatusJson.Readable.Problem) is { Title: not null, Detail: not null } known ? known : null;
        }
        catch (JsonException)
        {
            // Something else than the daemon has answered: its beginning is shown as it came.
            return null;
        }
    }
}
