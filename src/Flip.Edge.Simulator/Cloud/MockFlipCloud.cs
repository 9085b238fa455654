using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Flip.Edge.Simulator.Cloud;

/// <summary>
/// A stand-in for Flip's cloud on a loopback port: it checks every commission request against the page, keeps a ledger of what it
/// commissioned, and fails on purpose where its script says so.
/// </summary>
public sealed class MockFlipCloud : IAsyncDisposable
{
    private readonly WebApplication _app;

    private MockFlipCloud(WebApplication app, MockLedger ledger)
    {
        _app = app;
        Ledger = ledger;

        // The certificates are for a name, as Flip's are.
        BaseUrl = new(app.Urls.Single().Replace("https://127.0.0.1", "https://localhost", StringComparison.Ordinal));
    }

    /// <summary>Where it listens, without a path.</summary>
    public Uri BaseUrl { get; }

    /// <summary>What it has seen and commissioned; also at <c>GET /ledger</c>.</summary>
    public MockLedger Ledger { get; }

    /// <summary>Starts to listen.</summary>
    /// <param name="options">How it behaves.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The running cloud.</returns>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<MockFlipCloud> StartAsync(MockFlipCloudOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port, listen =>
            {
                // An abort is the end of a connection then, and not of one stream among several.
                listen.Protocols = HttpProtocols.Http1;
                if (options.Certificates is not null) listen.UseHttps(Https(options, options.Certificates));
            });
        });
        WebApplication app = builder.Build();
        MockLedger ledger = new();
        app.MapPost("/v1/commission", (RequestDelegate)new CommissionEndpoint(options, ledger).HandleAsync);
        app.MapGet("/ledger", (RequestDelegate)(context => MockHttp.JsonAsync(context, 200, LedgerJson.Write(ledger))));
        new SiteEndpoints(options, ledger).Map(app);

        // After the recorder of calls, which is to see those that are dropped, too.
        MockFaultMiddleware faults = new(options, ledger, app.Lifetime.ApplicationStopping);
        app.UseWhen(context => context.Request.Path != "/ledger", api => api.Use(faults.InvokeAsync));
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            return new(app, ledger);
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static HttpsConnectionAdapterOptions Https(MockFlipCloudOptions options, MockCertificates certificates)
    {
        int connections = 0;
        return new()
        {
            ServerCertificateSelector = (_, _) =>
                certificates[options.CertificateOf?.Invoke(Interlocked.Increment(ref connections)) ?? MockCertificate.Good],
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A client that still waits must not hold the stop up.
        using CancellationTokenSource now = new();
        await now.CancelAsync().ConfigureAwait(false);
        await _app.StopAsync(now.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }
}
