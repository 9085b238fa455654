using System.CommandLine;
using System.Net;
using System.Text;
using Flip.Edge.Local;

namespace Flip.Edge.Cli;

/// <summary><c>flip-edge site FILE</c>: gives the daemon the site's data, on top of its configuration.</summary>
internal static class SiteCommand
{
    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "JSON with the fields of Flip's site (id, first_name, zip_code, …); - reads standard input" };
        Option<string?> config = ConfigOptions.File();
        Option<string?> socket = StatusCommand.SocketOption();
        Command command = new("site", "give the site's data, in place of the configuration's, until the site is commissioned") { file, config, socket };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            InvocationConfiguration console = parsed.InvocationConfiguration;
            string name = parsed.GetValue(file)!;
            string? json;
            try
            {
                json = await ReadAsync(name, cancellationToken);
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                await Wrapped.WriteErrorAsync(console.Error, unreadable is FileNotFoundException or DirectoryNotFoundException ? $"there is no file {name}" : $"{name} can't be read: {unreadable.Message}");
                return ExitCodes.Usage;
            }

            if (json is null)
            {
                await Wrapped.WriteErrorAsync(console.Error, $"{name} has more than {CommissionRoutes.LargestSite} bytes, and the site's data may have no more");
                return ExitCodes.Usage;
            }

            return await LocalCommand.RunAsync(parsed.GetValue(socket), parsed.GetValue(config), console.Error, async client =>
            {
                using StringContent content = new(json, Encoding.UTF8, "application/json");
                using HttpResponseMessage answer = await client.PostAsync("/api/v1/site", content, cancellationToken);
                if (answer.StatusCode != HttpStatusCode.Accepted)
                {
                    await Wrapped.WriteErrorAsync(console.Error, LocalCommand.Detail(await LocalCommand.TextAsync(answer, cancellationToken)));
                    return answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge ? ExitCodes.Usage : ExitCodes.Failed;
                }

                await console.Output.WriteLineAsync("the site's data was taken; it is used for the next request");
                return ExitCodes.Done;
            });
        });
        return command;
    }

    /// <summary>The text of a file or of standard input; null where it is longer than the daemon takes, and nobody knows how long.</summary>
    private static async Task<string?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        await using Stream file = name == "-" ? StandardStreams.OpenInput() : File.OpenRead(name);
        byte[] bytes = new byte[CommissionRoutes.LargestSite + 1];
        int length = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        if (length == bytes.Length) return null;
        using StreamReader text = new(new MemoryStream(bytes, 0, length));
        return await text.ReadToEndAsync(cancellationToken);
    }
}
