using System.Text.Json;
using Flip.Edge.Status;

namespace Flip.Edge.Cli;

/// <summary>What the commands that talk to the daemon have in common.</summary>
internal static class LocalCommand
{
    /// <summary>Runs a command over the daemon's socket, and says in words why it can't be reached.</summary>
    public static async Task<int> RunAsync(string? socket, string? config, TextWriter errors, Func<LocalClient, Task<int>> talk)
    {
        if (LocalClient.SocketOf(socket, config, errors) is not { } path) return ExitCodes.Usage;
        using LocalClient client = new(path);
        try
        {
            return await talk(client);
        }
        catch (HttpRequestException failed)
        {
            await Wrapped.WriteErrorAsync(errors, LocalClient.Sentence(path, failed));
            return ExitCodes.Failed;
        }
    }

    /// <summary>The sentence of a problem that the endpoint answered.</summary>
    public static string Detail(string problem) => TerminalText.OneLine(Read(problem) is { } known ? $"{known.Title}: {known.Detail}" : problem);

    /// <summary>What is wrong with the configuration, where that is the problem, and how many errors more there are; empty otherwise, and where the daemon does not tell.</summary>
    public static (IReadOnlyList<string> Shown, int More) Errors(string problem) => Read(problem) is { } known ? (known.Errors ?? [], known.MoreErrors) : ([], 0);

    private static Problem? Read(string problem)
    {
        try
        {
            return JsonSerializer.Deserialize(problem, StatusJson.Readable.Problem);
        }
        catch (JsonException)
        {
            // Something else than the daemon has answered: it is shown as it came.
            return null;
        }
    }
}
