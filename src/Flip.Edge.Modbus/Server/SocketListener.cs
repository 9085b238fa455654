using System.Net;
using System.Net.Sockets;

namespace Flip.Edge.Modbus;

/// <summary>Accepts any number of TCP clients and serves each until it leaves or the listener is disposed.</summary>
internal sealed class SocketListener : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly Func<Socket, CancellationToken, Task> _serve;
    private readonly CancellationTokenSource _stop;
    private readonly HashSet<Task> _clients = [];
    private readonly Task _accepting;
    private bool _disposed;

    public SocketListener(IPEndPoint endpoint, Func<Socket, CancellationToken, Task> serve, CancellationToken ct)
    {
        _serve = serve;
        _listener = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.Bind(endpoint);
            _listener.Listen();
            Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        }
        catch
        {
            _listener.Dispose();
            throw;
        }

        _stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        Task[] clients;
        lock (_clients) clients = [.. _clients];
        await Task.WhenAll(clients).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                _listener.Dispose();
                return;
            }
            catch (SocketException)
            {
                continue; // the client left before it was accepted
            }

            Task serving = Task.Run(() => ServeAsync(client), CancellationToken.None);
            lock (_clients) _clients.Add(serving);
            _ = serving.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private void Forget(Task serving)
    {
        lock (_clients) _clients.Remove(serving);
    }

    private async Task ServeAsync(Socket client)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                await _serve(client, _stop.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
            {
                // The client left, or the server stops: either way there is nobody to tell.
            }
        }
    }
}
