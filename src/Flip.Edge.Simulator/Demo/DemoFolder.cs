using System.Text;
using System.Text.Json;

namespace Flip.Edge.Simulator.Demo;

/// <summary>A folder of its own for one demo: configuration, token, data, socket and the daemon's log. Removed when disposed.</summary>
internal sealed class DemoFolder : IDisposable
{
    private const int LongestSocketPath = 107;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public DemoFolder()
    {
        FolderPath = Directory.CreateTempSubdirectory("flip-edge-demo-").FullName;
        if (Encoding.UTF8.GetByteCount(Socket) <= LongestSocketPath) return;

        // A long TMPDIR, as on some build machines, leaves no room for a socket's name.
        Directory.Delete(FolderPath);
        FolderPath = Directory.CreateDirectory($"/tmp/flip-edge-demo-{Guid.NewGuid():N}", OwnerOnly | UnixFileMode.UserExecute).FullName;
    }

    public string FolderPath { get; }

    public string ConfigFile => Path.Combine(FolderPath, "flip-edge.json");

    public string LogFile => Path.Combine(FolderPath, "flip-edge.log");

    public string Socket => Path.Combine(FolderPath, "flip-edge.sock");

    public string Http { get; } = $"http://127.0.0.1:{LoopbackPort.Free()}";

    public string TokenFile => Path.Combine(FolderPath, "client-token");

    /// <summary>Writes what an installer would: where everything is, and whose site it is.</summary>
    public void Write(DemoWorld world, DateOnly today)
    {
        var token = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
        using (var file = File.Open(TokenFile, token)) file.Write(Encoding.ASCII.GetBytes(DemoWorld.ClientToken));
        File.WriteAllText(ConfigFile, DemoConfiguration.Create(this, world, today).ToJsonString(Indented));
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(FolderPath, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Someone was tidier.
        }
    }
}
