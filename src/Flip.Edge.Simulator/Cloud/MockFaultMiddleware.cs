using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace Flip.Edge.Simulator.Cloud;

/// <summary>
/// Stands before every endpoint: lets it decide and take effect where the fault says so, and then lets the fault have its way with the
/// answer. The endpoints themselves know of no faults.
/// </summary>
internal sealed class MockFaultMiddleware(MockFlipCloudOptions options, MockLedger ledger, CancellationToken stopping)
{
    private const int MaxBody = 1024 * 1024;

    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        MockFaultContext request = Number(context.Request.Method, context.Request.Path.Value ?? "");
        MockFault fault = options.Script?.Invoke(request) ?? Listed(request);
        context.Features.Set(request);
        options.OnArrival?.Invoke(request);
        DateTimeOffset now = options.Time.GetUtcNow();

        // Else the web server dates the answer by this machine's clock, which a Retry-After with a date does not go by.
        context.Response.Headers.Date = now.ToString("R", CultureInfo.InvariantCulture);
        if (fault.Kind == MockFaultKind.Drop)
        {
            Tell(new(request, fault, null, Committed: false), now, null);
            context.Abort();
            options.OnAnswered?.Invoke(request);
            return;
        }

        if (await ReadAsync(context).ConfigureAwait(false) is not { } body)
        {
            Tell(new(request, fault, null, Committed: false), now, null);
            return;
        }

        // The client may have given up by now, which does not stop a cloud that is slow.
        if (fault.Kind == MockFaultKind.LateCommit) await Task.Delay(fault.Wait!.Value, options.Time, stopping).ConfigureAwait(false);
        MockAnswer answer = fault.Commits ? await MockAnswer.DecideAsync(context, next, body).ConfigureAwait(false) : MockAnswer.Nothing;
        bool committed = IsCommit(request, answer);
        if (fault.Kind == MockFaultKind.Duplicate)
        {
            answer = await MockAnswer.DecideAsync(context, next, body).ConfigureAwait(false);
            committed |= IsCommit(request, answer);
        }

        int? status = fault.Kind == MockFaultKind.DropAfterCommit ? null : FaultAnswer.Status(fault) ?? answer.Status;
        Tell(new(request, fault, status, committed), now, body);
        await FaultAnswer.SendAsync(context, fault, answer, options.Time).ConfigureAwait(false);
        options.OnAnswered?.Invoke(request);
    }

    private static bool IsCommit(MockFaultContext request, MockAnswer answer) =>
        request.Endpoint == MockFaultContext.Commission && answer.Status == 200;

    private MockFaultContext Number(string method, string path)
    {
        string endpoint = MockFaultContext.WordOf(method, path);
        int number = endpoint == MockFaultContext.Commission ? ledger.Receive() : _numbers.AddOrUpdate(endpoint, 1, (_, last) => last + 1);
        return new(method, path, number);
    }

    private MockFault Listed(MockFaultContext request) =>
        request.Endpoint == MockFaultContext.Commission && request.Number <= options.Faults.Count ? options.Faults[request.Number - 1] : MockFault.None;

    private void Tell(MockExchange exchange, DateTimeOffset receivedAt, byte[]? body)
    {
        MockFaultContext request = exchange.Request;
        if (request.Endpoint == MockFaultContext.Commission)
        {
            string? digest = body is null ? null : Convert.ToHexStringLower(SHA256.HashData(body));
            MockFault? fault = exchange.Fault == MockFault.None ? null : exchange.Fault;
            MockRequest entry = new(request.Number, receivedAt, exchange.Status, digest, fault, exchange.Committed) { Body = body };
            ledger.Add(entry);
            options.OnRequest?.Invoke(entry);
        }

        options.OnAnswering?.Invoke(exchange);
    }

    /// <returns>Null when the client went before it had sent all of it.</returns>
    private static async Task<byte[]?> ReadAsync(HttpContext context)
    {
        using MemoryStream bytes = new();
        byte[] buffer = new byte[8192];
        int read;
        try
        {
            while (bytes.Length < MaxBody && (read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted).ConfigureAwait(false)) > 0)
                bytes.Write(buffer, 0, read);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            return null;
        }

        return bytes.ToArray();
    }
}
