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
            await errors.WriteLineAsync(LocalClient.Sentence(path, failed));
            return ExitCodes.Failed;
        }
    }

    /// <summary>The sentence of a problem that the endpoint answered.</summary>
    public static string Detail(string problem)
    {
        try
        {
            return TerminalText.OneLine(JsonSerializer.Deserialize(problem, StatusJson.Readable.Problem) is { } known ? $"{known.Title}: {known.Detail}" : problem);
        }
        catch (JsonException)
        {
            return TerminalText.OneLine(problem);
        }
    }
}
