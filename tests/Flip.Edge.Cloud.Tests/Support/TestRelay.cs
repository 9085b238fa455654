using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Flip.Edge.Simulator.Cloud;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Flip.Edge.Cloud.Tests;

/// <summary>A relay as docs/security.md describes it: it knows gateways by their certificates, and adds the client token itself.</summary>
internal sealed class TestRelay : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new();
    private readonly X509Certificate2 _certificate;

    private TestRelay(WebApplication app, X509Certificate2 certificate) => (_app, _certificate) = (app, certificate);

    public Uri Url => new(_app.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal));

    /// <summary>Each request: the gateway by its certificate, the path, and what stood behind Authorization.</summary>
    public ConcurrentQueue<(string Gateway, string Path, string Authorization)> Seen { get; } = new();

    /// <summary>Whether gateways are let in at all.</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>Answers in place of the cloud.</summary>
    public Reply? Instead { get; set; }

    public static async Task<TestRelay> StartAsync(TestAuthority authority, MockFlipCloud cloud)
    {
        X509Certificate2 certificate = authority.Issue("localhost");
        TestRelay? relay = null;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = certificate;
            https.ServerCertificateChain = authority.Chain(certificate);
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (client, chain, _) => relay!.IsOpen && authority.HasIssued(client, chain!);
        })));
        WebApplication app = builder.Build();
        relay = new(app, certificate);
        app.Run(context => relay.HandleAsync(context, cloud.BaseUrl));
        await app.StartAsync(Sample.Stop);
        return relay;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
        _certificate.Dispose();
    }

    private async Task HandleAsync(HttpContext context, Uri cloud)
    {
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        string gateway = context.Connection.ClientCertificate!.GetNameInfo(X509NameType.SimpleName, false);
        string authorization = context.Request.Headers.Authorization.ToString();
        Seen.Enqueue((gateway, target, authorization));
        Reply reply = Instead ?? await ForwardAsync(context.Request, new(cloud, target), authorization);
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.MediaType;
        await context.Response.WriteAsync(reply.Body);
    }

    private async Task<Reply> ForwardAsync(HttpRequest request, Uri url, string authorization)
    {
        using HttpRequestMessage forwarded = new(new(request.Method), url);
        if (request.ContentLength > 0)
        {
            forwarded.Content = new StreamContent(request.Body);
            forwarded.Content.Headers.ContentType = new(request.ContentType!);
        }

        forwarded.Headers.Authorization = authorization.Length > 0 ? AuthenticationHeaderValue.Parse(authorization) : new("Bearer", Sample.Token);
        using HttpResponseMessage answer = await _http.SendAsync(forwarded, Sample.Stop);
        return new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Sample.Stop));
    }
}
