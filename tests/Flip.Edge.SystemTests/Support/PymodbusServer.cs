namespace Flip.Edge.SystemTests.Support;

/// <summary>A device played by pymodbus.</summary>
internal sealed class PymodbusServer : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RunningProcess _python;

    private PymodbusServer(string map, string wire, string where)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "Parts", "sunspec_server.py");
        _python = RunningProcess.Start(Part.Python, script, _folder.Write("registers.map", map), wire, where);
    }

    public static Task<PymodbusServer> OnTcpAsync(string map, int port) => StartAsync(map, "tcp", $"{port}");

    public static Task<PymodbusServer> OnSerialPortAsync(string map, string path) => StartAsync(map, "rtu", path);

    public async ValueTask DisposeAsync()
    {
        await _python.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<PymodbusServer> StartAsync(string map, string wire, string where)
    {
        PymodbusServer server = new(map, wire, where);
        await server._python.WaitForAsync("serving");
        return server;
    }
}
