using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Flip.Edge.Status;

namespace Flip.Edge.Cli;

/// <summary><c>flip-edge commission</c>: triggers the commissioning over the local socket, and waits for its end when asked to.</summary>
internal static class CommissionCommand
{
    public static Command Create()
    {
        Option<string?> config = ConfigOptions.File();
        Option<string?> socket = StatusCommand.SocketOption();
        Option<string?> wait = new("--wait") { HelpName = "SECONDS", Description = "wait until it is commissioned or needs a person; the gateway goes on by itself either way" };
        Option<bool> json = new("--json") { Description = "write the status as JSON at the end" };
        Option<string?> again = new("--again") { HelpName = "SITE", Description = "commission a site again that is commissioned already; name it" };
        Command command = new("commission", "start the commissioning, as the button does") { config, socket, wait, json, again };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            InvocationConfiguration console = parsed.InvocationConfiguration;
            if (LocalClient.SocketOf(parsed.GetValue(socket), parsed.GetValue(config), console.Error) is not { } path) return ExitCodes.Usage;
            double? seconds = null;
            if (parsed.GetValue(wait) is { } text)
            {
                seconds = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) ? number : -1;
            }

            if (seconds is < 0 or > 86_400)
            {
                await Wrapped.WriteErrorAsync(console.Error, $"--wait is \"{parsed.GetValue(wait)}\", and has to be a number of seconds from 0 to 86400");
                return ExitCodes.Usage;
            }

            return await LocalCommand.RunAsync(path, null, console.Error, client => RunAsync(client, seconds, parsed.GetValue(again), parsed.GetValue(json), console, cancellationToken), Patience(seconds));
        });
        return command;
    }

    /// <summary>How long one answer may take: no longer than whoever waits means to, and as long as a gateway with a slow disk needs.</summary>
    /// <param name="wait">Seconds of <c>--wait</c>.</param>
    internal static TimeSpan? Patience(double? wait) => wait is > 0 ? TimeSpan.FromSeconds(Math.Clamp(wait.Value, 5, 30)) : null;

    private static async Task<int> RunAsync(
        LocalClient client, double? wait, string? again, bool json, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await client.PostAsync(
            again is null ? "/api/v1/commission" : $"/api/v1/commission?again={Uri.EscapeDataString(again)}", null, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.Conflict && again is not null)
        {
            await Wrapped.WriteErrorAsync(console.Error, LocalCommand.Detail(await LocalCommand.TextAsync(answer, cancellationToken)));
            return ExitCodes.NeedsAttention;
        }

        if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Accepted or HttpStatusCode.Conflict))
        {
            string text = await LocalCommand.TextAsync(answer, cancellationToken);
            await Wrapped.WriteErrorAsync(console.Error, LocalCommand.Detail(text));
            return ExitCodes.Failed;
        }

        if (answer.StatusCode == HttpStatusCode.OK) await Wrapped.WriteErrorAsync(console.Error, "the site is commissioned already; nothing was sent");
        EdgeStatus status = answer.StatusCode == HttpStatusCode.Accepted && wait is > 0
            ? await WaitAsync(client, AttemptsOf(await LocalCommand.TextAsync(answer, cancellationToken)), TimeSpan.FromSeconds(wait.Value), console.Error, cancellationToken)
            : await client.StatusAsync(cancellationToken);
        await StatusCommand.WriteAsync(console.Output, status, json);
        if (status.Commissioning.State == "commissioned") return ExitCodes.Done;
        if (status.Commissioning.State == "attention") return ExitCodes.NeedsAttention;
        if (status.Credential is { Reason: { } missing })
        {
            string late = wait is > 0 ? string.Create(CultureInfo.InvariantCulture, $"not commissioned within {wait} s: ") : "";
            await Wrapped.WriteErrorAsync(console.Error, TerminalText.OneLine($"{late}nothing can be sent to Flip yet: {missing}. What was asked for is kept, and it goes on by itself then"));
            return ExitCodes.NeedsAttention;
        }

        if (wait is not > 0) return ExitCodes.Done;
        await Wrapped.WriteErrorAsync(console.Error, string.Create(CultureInfo.InvariantCulture, $"not commissioned within {wait} s; the gateway goes on by itself"));
        return ExitCodes.Failed;
    }

    private static async Task<EdgeStatus> WaitAsync(LocalClient client, int attemptsBefore, TimeSpan longest, TextWriter progress, CancellationToken cancellationToken)
    {
        EdgeStatus? last = null;
        using CancellationTokenSource deadline = new(longest, TimeProvider.System);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await foreach (EdgeStatus status in new StatusFollower(client, TimeProvider.System).FollowAsync(either.Token))
            {
                CommissioningStatus now = status.Commissioning;
                if (last is null || last.Commissioning.State != now.State || last.Commissioning.Reason != now.Reason)
                {
                    await Wrapped.WriteErrorAsync(progress, TerminalText.OneLine(StateText.Of(now.State, now.Reason)));
                }

                // A wait for a device goes on, and whoever waits can put the credential in place meanwhile.
                if (status.Credential is { Reason: { } missing } && missing != last?.Credential?.Reason && now.Reason?.Contains(missing, StringComparison.Ordinal) != true)
                {
                    await Wrapped.WriteErrorAsync(progress, TerminalText.OneLine($"nothing can be sent to Flip yet: {missing}"));
                }

                last = status;
                if (now.State == "commissioned") return status;

                // Attention that was there before, and that the trigger has just begun to try again, is not the answer yet.
                if (now.State == "attention" && (now.NextAttemptAt is null || now.Attempts > attemptsBefore)) return status;
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The wait is over; the gateway goes on.
        }

        return last ?? await client.StatusAsync(cancellationToken);
    }

    private static int AttemptsOf(string reply) => JsonSerializer.Deserialize(reply, StatusJson.Readable.TriggerReply) is { Commissioning: { } commissioning }
        ? commissioning.Attempts : throw new JsonException("it is no answer to a trigger");
}
