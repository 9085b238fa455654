using Flip.Edge.Supervision;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Flip.Edge.Local;

/// <summary>Kestrel alone, without ASP.NET's web host around it: what that adds is not used here, and is large (decision 25).</summary>
/// <param name="options">Where it listens.</param>
/// <param name="routes">What it answers.</param>
/// <param name="board">Where its requests are seen by the watch.</param>
/// <param name="logs">Told of requests that break.</param>
internal sealed class LocalServer(KestrelServerOptions options, LocalRoutes routes, StepBoard board, ILoggerFactory logs) : IHostedService, IDisposable
{
    // What is read ahead of a client that sends one request after the other, and written ahead of one that does not read, in bytes. Kestrel's megabyte for each
    // connection would be all the memory that the service may have.
    private const int LargestBuffer = 16 * 1024;

    private readonly KestrelServer _kestrel = new(
        Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions { MaxReadBufferSize = LargestBuffer, MaxWriteBufferSize = LargestBuffer }), logs), logs);

    /// <exception cref="IOException">It can't listen there.</exception>
    public Task StartAsync(CancellationToken cancellationToken) => _kestrel.StartAsync(new Application(routes, board), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => _kestrel.StopAsync(cancellationToken);

    public void Dispose() => _kestrel.Dispose();

    private sealed class Application(LocalRoutes routes, StepBoard board) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public async Task ProcessRequestAsync(HttpContext context)
        {
            // A client may take its time; what the daemon does for it is watched.
            using Step request = board.Begin("local endpoint", bound: null);
            ConnectionSlot? slot = context.Features.Get<ConnectionSlot>();
            slot?.Answer();
            try
            {
                await LoopbackGuard.InvokeAsync(context, routes.AnswerAsync);
            }
            catch (OperationCanceledException gone) when (gone.InnerException is ConnectionAbortedException or ConnectionResetException || context.RequestAborted.IsCancellationRequested)
            {
                // Its client has gone, or its connection went for another. Kestrel would have an error in the log for each of a flood.
            }
            finally
            {
                slot?.Await();
            }
        }

        public void DisposeContext(HttpContext context, Exception? exception)
        {
            // Nothing is rented with it; Kestrel itself logs what a request threw.
        }
    }
}
