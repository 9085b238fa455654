using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flip.Edge.SystemTests.Support;

/// <summary>A gateway: its folder with configuration, token and data, and the daemon in it, which can be killed and started again.</summary>
internal sealed class EdgeProcess : IAsyncDisposable
{
    public const string Token = "the-client-token-of-this-oem";
    public const string GatewayId = "gw-0001";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly TempFolder _folder = new();
    private readonly List<RunningProcess> _daemons = [];

    private EdgeProcess(JsonObject configuration)
    {
        Configuration = configuration;
        configuration["Gateway"]![nameof(DataDirectory)] = DataDirectory;
        configuration["Flip"]![nameof(TokenFile)] = TokenFile;
        configuration["Local"]![nameof(Socket)] = Socket;
        File.WriteAllText(TokenFile, Token + "\n");
        File.SetUnixFileMode(TokenFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        WriteConfiguration();
        Api = Client(null);
    }

    public JsonObject Configuration { get; }

    /// <summary>What the next daemon finds in its environment beside the usual.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public string DataDirectory => _folder["data"];

    public string ConfigFile => _folder["flip-edge.json"];

    public string TokenFile => _folder["client-token"];

    public string Socket => _folder["s"];

    /// <summary>The local endpoint on the socket.</summary>
    public HttpClient Api { get; }

    public RunningProcess Daemon => _daemons[^1];

    /// <summary>Everything that every daemon of this gateway has said.</summary>
    public string Story => string.Join('\n', _daemons.Select(daemon => daemon.Story));

    /// <summary>A folder that is ready to run; nothing runs yet.</summary>
    public static EdgeProcess Prepare(JsonObject configuration) => new(configuration);

    public static async Task<EdgeProcess> StartAsync(JsonObject configuration)
    {
        EdgeProcess edge = new(configuration);
        try
        {
            await edge.StartAsync();
            return edge;
        }
        catch
        {
            await edge.DisposeAsync();
            throw;
        }
    }

    public void WriteConfiguration() => File.WriteAllText(ConfigFile, Configuration.ToJsonString(Indented));

    /// <summary>Starts the daemon, again after it was ended, and waits until it answers.</summary>
    public async Task StartAsync()
    {
        Launch();
        await Daemon.WaitForAsync("is ready");
        Assert.Equal("ok\n", await Api.GetStringAsync(new Uri("healthz", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    /// <summary>Starts a daemon that may end at any moment.</summary>
    /// <returns>Whether it came so far that it was ready.</returns>
    public async Task<bool> TryStartAsync()
    {
        Launch();
        await Eventually.TrueAsync(() => Daemon.Says("is ready") || Daemon.HasExited, "a daemon that is ready or has ended", () => Story);
        return Daemon.Says("is ready");
    }

    /// <summary>As when the power goes, for the process at least.</summary>
    public async Task KillAsync()
    {
        Daemon.Signal(PosixSignalNumber.Kill);
        Assert.Equal(128 + 9, await Daemon.ExitedAsync());
    }

    /// <summary>Ends the daemon as systemd does.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> StopAsync()
    {
        Daemon.Signal(PosixSignalNumber.Terminate);
        return Daemon.ExitedAsync();
    }

    public async Task<JsonNode> GetAsync(string path) =>
        JsonNode.Parse(await Api.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken))!;

    /// <summary>The part of the status that tells of the commissioning.</summary>
    public async Task<JsonNode> CommissioningAsync() => (await GetAsync("api/v1/status"))["commissioning"]!;

    /// <summary>Presses the button.</summary>
    public async Task<(HttpStatusCode Code, string Body)> PressAsync()
    {
        using HttpResponseMessage answer = await Api.PostAsync(new Uri("api/v1/commission", UriKind.Relative), null, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Waits for a state, and for a reason if one is given.</summary>
    /// <returns>The commissioning part of the status at that time.</returns>
    public async Task<JsonNode> ReachesAsync(string state, string? reasonCode = null)
    {
        JsonNode? last = null;
        return await Eventually.GetAsync(
            async () =>
            {
                last = await CommissioningAsync();
                return (string?)last["state"] == state && (reasonCode is null || (string?)last["reason_code"] == reasonCode) ? last : null;
            },
            $"the state {state} {reasonCode}",
            () => $"{last?.ToJsonString()}\n{Story}");
    }

    /// <summary>Any command that talks to this daemon.</summary>
    public Task<CommandResult> RunAsync(params IEnumerable<string> arguments) => EdgeCommand.RunAsync([.. arguments, "--socket", Socket]);

    /// <summary>A client of the local endpoint: on the socket, or on an address.</summary>
    public HttpClient Client(Uri? http) => http is not null
        ? new HttpClient { BaseAddress = http }
        : new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },

            // A daemon that was killed leaves connections behind that the next request would be sent over.
            PooledConnectionLifetime = TimeSpan.Zero,
        })
        { BaseAddress = new Uri("http://localhost/") };

    private void Launch()
    {
        ProcessStartInfo start = EdgeCommand.Start("run", "--config", ConfigFile);
        foreach ((string name, string value) in Environment) start.Environment[name] = value;
        _daemons.Add(RunningProcess.Start(start));
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        foreach (RunningProcess daemon in _daemons) await daemon.DisposeAsync();
        _folder.Dispose();
    }
}
