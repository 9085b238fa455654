using System.CommandLine;
using System.Net;
using System.Text.Json;
using Flip.Edge.Status;

namespace Flip.Edge.Cli;

/// <summary><c>flip-edge reload</c>: has the daemon read its configuration anew, and try again what needed attention.</summary>
internal static class ReloadCommand
{
    public static Command Create()
    {
        Option<string?> config = ConfigOptions.File();
        Option<string?> socket = StatusCommand.SocketOption();
        Command command = new("reload", "read the configuration anew, and try again what needed attention") { config, socket };
        command.SetAction((parsed, cancellationToken) => LocalCommand.RunAsync(parsed.GetValue(socket), parsed.GetValue(config), parsed.InvocationConfiguration.Error, async client =>
        {
            InvocationConfiguration console = parsed.InvocationConfiguration;
            using HttpResponseMessage answer = await client.PostAsync("/api/v1/reload", null, cancellationToken);
            string text = await LocalCommand.TextAsync(answer, cancellationToken);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                await WriteAsync(console.Error, text);
                return answer.StatusCode == HttpStatusCode.UnprocessableEntity ? ExitCodes.Usage : ExitCodes.Failed;
            }

            if (JsonSerializer.Deserialize(text, StatusJson.Readable.ReloadReply) is not { NeedRestart: not null } reply) throw new JsonException("it is no answer to a reload");
            await console.Output.WriteLineAsync("the configuration was read anew");
            if (reply.NeedRestart.Count > 0) await Wrapped.WriteAsync(console.Output, $"used only after a restart (systemctl restart flip-edge): {string.Join(", ", reply.NeedRestart)}", 2);
            if (reply.Copied is { Count: > 0 } copied)
            {
                await Wrapped.WriteAsync(console.Output, TerminalText.OneLine($"a new {string.Join(", ", copied)} is used only after a restart (systemctl restart flip-edge): the service has the copy that systemd made at its start"), 2);
            }

            if (reply.SiteIsGiven) await Wrapped.WriteAsync(console.Output, "Site is not used: the data given with flip-edge site stand in its place; give them again to change them", 2);
            return ExitCodes.Done;
        }));
        return command;
    }

    private static async Task WriteAsync(TextWriter output, string problem)
    {
        (IReadOnlyList<string> errors, int more) = LocalCommand.Errors(problem);
        foreach (string error in errors) await Wrapped.WriteErrorAsync(output, TerminalText.OneLine(error));
        if (more > 0) await Wrapped.WriteErrorAsync(output, $"… and {more} more: flip-edge config check names all of them");
        await Wrapped.WriteErrorAsync(output, errors.Count == 0
            ? LocalCommand.Detail(problem)
            : $"{Counted.Of(errors.Count + more, "error")} in the configuration: nothing was changed, and the daemon goes on with the one before");
    }
}
