using System.CommandLine;

namespace Flip.Edge.Simulator.Cloud;

/// <summary><c>flip-edge-sim cloud</c>: the mock cloud as a program.</summary>
public static class CloudCommand
{
    /// <summary>Builds the command.</summary>
    /// <returns>A command for the root.</returns>
    public static Command Create()
    {
        Option<int> port = new("--port") { Description = "Loopback port to listen on; 0 takes a free one" };
        Option<string> token = new("--token")
        {
            Description = "The client token that is accepted",
            DefaultValueFactory = _ => new MockFlipCloudOptions().ClientToken,
        };
        Option<MockFault[]> fail = new("--fail")
        {
            Description = "Faults of the first commission requests, in turn: 503, 429:7, 429:date:7, 502-after-commit, delay:2000, drop, "
                + "drop-after-commit, html, redirect, truncated, endless, not-commission, empty, ok",
            Arity = ArgumentArity.OneOrMore,
            CustomParser = argument =>
            {
                try
                {
                    return [.. argument.Tokens.SelectMany(value => MockFaultParser.Parse(value.Value))];
                }
                catch (FormatException e)
                {
                    argument.AddError(e.Message);
                    return [];
                }
            },
        };
        Command command = new("cloud", "A mock of Flip's cloud, with a ledger at /ledger and faults on request") { port, token, fail };
        command.SetAction((result, cancellationToken) => RunAsync(
            new()
            {
                Port = result.GetValue(port),
                ClientToken = result.GetValue(token)!,
                Faults = result.GetValue(fail) ?? [],
                OnRequest = request => result.InvocationConfiguration.Output.WriteLine(Line(request)),
            },
            result.InvocationConfiguration.Output,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(MockFlipCloudOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        MockFlipCloud cloud = await MockFlipCloud.StartAsync(options, cancellationToken).ConfigureAwait(false);
        await using (cloud.ConfigureAwait(false))
        {
            await output.WriteLineAsync($"Flip's mock cloud listens on {cloud.BaseUrl.GetLeftPart(UriPartial.Authority)}").ConfigureAwait(false);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return 0;
    }

    private static string Line(MockRequest request) =>
        $"{request.ReceivedAt:HH:mm:ss.fff} commission #{request.Number}: {request.Status?.ToString() ?? "dropped"}"
        + (request.Committed ? ", committed" : "") + (request.Fault is { } fault ? $", fault {fault}" : "")
        + (request.Sha256 is { } digest ? $", sha256 {digest[..12]}" : "");
}
