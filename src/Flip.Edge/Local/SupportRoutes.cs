using Flip.Edge.Configuration;
using Flip.Edge.Devices.Walking;
using Flip.Edge.Logs;
using Flip.Edge.Modbus;
using Flip.Edge.Monitoring;

namespace Flip.Edge.Local;

/// <summary>What <c>flip-edge doctor</c> asks for. Only on the socket: it is for the service's group.</summary>
internal sealed class SupportRoutes(CurrentSettings settings, ModbusConnections connections, RecentLog log, IHostApplicationLifetime lifetime, TimeProvider time) : IDisposable
{
    /// <summary>Most walks that wait for their turn, with the one that is made.</summary>
    public const int MostWalks = 4;

    // A walk keeps a device busy for up to two minutes.
    private readonly SemaphoreSlim _oneWalk = new(1, 1);
    private int _walks;

    public void Dispose() => _oneWalk.Dispose();

    /// <summary><c>GET /api/v1/log</c>: the last warnings and errors, the oldest first.</summary>
    public Task LogAsync(HttpContext context) => SocketOnly.Is(context)
        ? LocalAnswer.Bytes(context, LogJson.Write(log.Lines, time))
        : SocketOnly.RefuseAsync(context, "The log is shown");

    /// <summary><c>POST /api/v1/walk?device=ID</c>: reads the device's registers through the daemon's own connection, because many devices take a single client.</summary>
    public async Task WalkAsync(HttpContext context)
    {
        if (!SocketOnly.Is(context))
        {
            await SocketOnly.RefuseAsync(context, "A walk is made");
            return;
        }

        string id = context.Request.Query["device"].ToString();
        if (settings.Now.Devices.FirstOrDefault(device => device.Id == id) is not { } device)
        {
            await LocalAnswer.Problem(context, new(Problems.UnknownDevice, "No such device", 404,
                $"There is no device \"{id}\" in the configuration; there are: {string.Join(", ", settings.Now.Devices.Select(known => known.Id))}."));
            return;
        }

        try
        {
            // Each of those that wait would keep a connection.
            if (Interlocked.Increment(ref _walks) <= MostWalks) await WalkInTurnAsync(context, device);
            else await LocalAnswer.Problem(context, new(Problems.TooMany, "Too many walks", 503, $"{MostWalks} walks are made or wait for their turn; each takes up to two minutes. Try again later."));
        }
        finally
        {
            Interlocked.Decrement(ref _walks);
        }
    }

    private async Task WalkInTurnAsync(HttpContext context, DeviceSettings device)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        if (!await IsTurnAsync(over.Token)) return;
        try
        {
            RegisterWalk walk = await new DeviceWalk(settings.Profiles, connections.Rent, time).WalkAsync(device.Id, device.Endpoint, device.Profile, device.Modbus, over.Token);
            await LocalAnswer.Bytes(context, WalkFile.Write(walk));
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // Whoever asked has gone, or the daemon goes; the device is free again.
        }
        finally
        {
            _oneWalk.Release();
        }
    }

    private async Task<bool> IsTurnAsync(CancellationToken over)
    {
        try
        {
            await _oneWalk.WaitAsync(over);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
