using System.CommandLine;
using System.CommandLine.Parsing;

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
        Option<MockFaultScript[]> fail = new("--fail")
        {
            Description = "Faults of the first requests, in turn: 503, 429:7, 429:date:7, 502-after-commit, delay:2000 (commits, answers late), "
                + "late-commit:2000 (commits late), drop, drop-after-commit, duplicate, html, redirect, truncated, endless, not-commission, "
                + "empty, ok. They are the commission's, unless an endpoint stands before: auth=503, devices=drop. Endpoints: "
                + string.Join(", ", MockFaultContext.Endpoints),
            Arity = ArgumentArity.OneOrMore,
            CustomParser = argument => Read(argument, text => MockFaultScript.Parse(text)),
        };
        Option<string?> tls = new("--tls")
        {
            Description = "Speak https for localhost, and write the authority's certificate to this file: a client trusts it with SSL_CERT_FILE",
            HelpName = "FILE",
        };
        Option<MockCertificate[][]> certificates = new("--certificates")
        {
            Description = "Certificates of the first connections, in turn, with --tls: ok, expired, not-yet-valid, other-host, untrusted",
            Arity = ArgumentArity.OneOrMore,
            CustomParser = argument => Read(argument, text => MockCertificateParser.Parse(text).ToArray()),
        };
        Command command = new("cloud", "A mock of Flip's cloud, with a ledger at /ledger and faults on request") { port, token, fail, tls, certificates };
        command.SetAction((result, cancellationToken) => RunAsync(
            result.GetValue(tls),
            new()
            {
                Port = result.GetValue(port),
                ClientToken = result.GetValue(token)!,
                Script = MockFaultScript.Join(result.GetValue(fail) ?? []).Of,
                CertificateOf = InTurn([.. (result.GetValue(certificates) ?? []).SelectMany(kinds => kinds)]),
                OnRequest = request => result.InvocationConfiguration.Output.WriteLine(Line(request)),
                OnAnswering = exchange => Tell(result.InvocationConfiguration.Output, exchange),
            },
            result.InvocationConfiguration.Output,
            cancellationToken));
        return command;
    }

    private static T[] Read<T>(ArgumentResult argument, Func<string, T> parse)
    {
        try
        {
            return [.. argument.Tokens.Select(token => parse(token.Value))];
        }
        catch (FormatException e)
        {
            argument.AddError(e.Message);
            return [];
        }
    }

    private static Func<int, MockCertificate> InTurn(MockCertificate[] certificates) =>
        connection => connection <= certificates.Length ? certificates[connection - 1] : MockCertificate.Good;

    private static async Task<int> RunAsync(string? authority, MockFlipCloudOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        using MockCertificates? certificates = authority is null ? null : new(options.Time.GetUtcNow());
        if (certificates is not null) await File.WriteAllTextAsync(authority!, certificates.AuthorityPem, cancellationToken).ConfigureAwait(false);
        MockFlipCloud cloud = await MockFlipCloud.StartAsync(options with { Certificates = certificates }, cancellationToken).ConfigureAwait(false);
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

    // Commissions have a line of their own.
    private static void Tell(TextWriter output, MockExchange exchange)
    {
        if (exchange.Request.Endpoint == MockFaultContext.Commission) return;
        output.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {exchange.Request.Endpoint} #{exchange.Request.Number}: {exchange.Status?.ToString() ?? "dropped"}"
            + (exchange.Fault == MockFault.None ? "" : $", fault {exchange.Fault}"));
    }
}
