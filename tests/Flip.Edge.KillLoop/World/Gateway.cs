using System.Diagnostics;
using System.Text.Json.Nodes;
using Flip.Edge.KillLoop.Plans;
using Flip.Edge.Simulator.Demo;

namespace Flip.Edge.KillLoop.World;

/// <summary>The gateway's disk: configuration, token and data, and a log for each start of the daemon.</summary>
internal sealed class Gateway
{
    public const string Id = "gw-kill";
    public const string Token = "kill-loop-client-token-0815";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public Gateway(string folder, RoundPlan plan, Surroundings surroundings, Homeowner homeowner, Abilities abilities)
    {
        Folder = folder;
        AuthorityFile = plan.IsSecure ? Path.Combine(folder, "authority.pem") : null;
        Homeowner = homeowner;
        if (AuthorityFile is not null) File.WriteAllText(AuthorityFile, surroundings.AuthorityPem);
        File.WriteAllText(TokenFile, Token);
        File.SetUnixFileMode(TokenFile, OwnerOnly);
        File.WriteAllText(ConfigFile, Configuration(surroundings, abilities).ToJsonString());
    }

    public string Folder { get; }

    public Homeowner Homeowner { get; }

    public string SiteId => $"site-{Homeowner.Seed}";

    public string DataDirectory => Path.Combine(Folder, "data");

    public string Socket => Path.Combine(Folder, "s");

    /// <summary>How often the daemon was started.</summary>
    public int Starts { get; private set; }

    public IEnumerable<string> LogFiles => Directory.EnumerateFiles(Folder, "daemon-*.log");

    private string? AuthorityFile { get; }

    private string ConfigFile => Path.Combine(Folder, "flip-edge.json");

    private string TokenFile => Path.Combine(Folder, "client-token");

    /// <exception cref="IOException">The daemon can't be started.</exception>
    public DaemonProcess Start()
    {
        ProcessStartInfo command = DaemonBinary.Command("run", "--config", ConfigFile);

        // A machine's proxy must not stand between daemon and mock.
        foreach (string name in command.Environment.Keys.Where(name => name.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase)).ToArray())
            command.Environment.Remove(name);
        if (AuthorityFile is not null) command.Environment["SSL_CERT_FILE"] = AuthorityFile;
        return DaemonProcess.Start(command, Folder, Path.Combine(Folder, $"daemon-{++Starts:D2}.log"));
    }

    private JsonObject Configuration(Surroundings surroundings, Abilities abilities)
    {
        JsonObject flip = new() { ["BaseUrl"] = surroundings.Cloud.BaseUrl.GetLeftPart(UriPartial.Authority), [nameof(TokenFile)] = TokenFile };
        if (abilities.Timeout is { } timeout) flip["Timeout"] = timeout.ToString("c");
        return new()
        {
            [nameof(Gateway)] = new JsonObject { ["Id"] = Id, [nameof(DataDirectory)] = DataDirectory },
            ["Flip"] = flip,
            ["Site"] = new JsonObject
            {
                ["Id"] = SiteId,
                ["FirstName"] = Homeowner.FirstName,
                ["LastName"] = Homeowner.LastName,
                ["Email"] = Homeowner.Email,
                ["StreetAddress"] = Homeowner.StreetAddress,
                ["City"] = "San Francisco",
                ["StateCode"] = "CA",
                ["ZipCode"] = "88800",
            },
            ["Devices"] = new JsonArray(
                new JsonObject { ["Id"] = $"battery-{Homeowner.Seed}", ["Endpoint"] = surroundings.DeviceEndpoint, ["InstallDate"] = "2026-01-15" }),
            ["Commissioning"] = new JsonObject
            {
                ["CanAutoEnroll"] = true,
                ["Retry"] = new JsonObject { ["BaseDelay"] = "00:00:00.1", ["MaxDelay"] = "00:00:01" },
            },
            ["Mqtt"] = new JsonObject { ["Host"] = "127.0.0.1", ["Port"] = surroundings.BrokerPort },
            ["Local"] = new JsonObject { [nameof(Socket)] = Socket, ["Http"] = "off" },
        };
    }
}
