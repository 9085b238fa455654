using System.Text;
using Flip.Edge.Simulator.Broker;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.SystemTests.Support;

namespace Flip.Edge.SystemTests;

/// <summary>The client token is nowhere but in its file, and the homeowner's data nowhere but in the outbox, until Flip has it.</summary>
public sealed class SecretsTests
{
    [Fact]
    public async Task After_a_commissioning_with_every_kind_of_failure_before_it_neither_is_anywhere()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync("503,401,html,drop,429:1,truncated");
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync();
        List<string> published = [];
        broker.RetainedChanged += message =>
        {
            lock (published) published.Add(message.ToString());
        };
        var configuration = Site.Configuration(cloud, device);
        configuration["Mqtt"] = new System.Text.Json.Nodes.JsonObject { ["Host"] = "127.0.0.1", ["Port"] = broker.Port };
        await using EdgeProcess edge = await EdgeProcess.StartAsync(configuration);

        await edge.PressAsync();
        await edge.ReachesAsync("commissioned");
        await SaysNothingOfAsync(edge, published, [EdgeProcess.Token, .. Site.HomeownerData]);
        Assert.DoesNotContain(EdgeProcess.Token, FilesOf(edge), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_Flip_has_it_the_homeowners_data_is_in_no_file()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync("503");
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration(cloud, device));
        await edge.PressAsync();
        await edge.ReachesAsync("commissioned");
        await IsInNoFileAsync(edge);
        Assert.Equal(0, await edge.StopAsync());
        await IsInNoFileAsync(edge);
        Assert.Contains(cloud.Ledger.Sites[0].BodySha256, FilesOf(edge), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_power_cut_right_after_the_answer_leaves_nothing_for_longer_than_the_next_start()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration(cloud, device));
        await edge.PressAsync();
        await edge.ReachesAsync("commissioned");
        await edge.KillAsync();
        await edge.StartAsync();
        await IsInNoFileAsync(edge);
    }

    [Fact]
    public async Task The_data_directory_is_for_the_daemon_alone()
    {
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration("http://127.0.0.1:1", "tcp://127.0.0.1:1"));
        await edge.PressAsync();
        const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite;
        Assert.All(Directory.GetFiles(edge.DataDirectory).Where(path => new FileInfo(path).Length > 0),
            file => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(file) & Others));
    }

    // The log is emptied right after the state is there.
    private static Task IsInNoFileAsync(EdgeProcess edge) => Eventually.TrueAsync(
        () => FilesOf(edge) is var files && !Site.HomeownerData.Append(EdgeProcess.Token).Any(secret => files.Contains(secret, StringComparison.Ordinal)),
        "files without the homeowner's data", () => edge.Story);

    private static async Task SaysNothingOfAsync(EdgeProcess edge, List<string> published, string[] secrets)
    {
        StringBuilder said = new();
        foreach (string path in (string[])["api/v1/status", "api/v1/nameplate", "api/v1/enrollment", "metrics", "healthz"])
        {
            using HttpResponseMessage answer = await edge.Api.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            said.AppendLine(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        said.AppendLine((await edge.RunAsync("status")).Output);
        Assert.InRange(await edge.StopAsync(), 0, 0);
        said.AppendLine(edge.Story);
        lock (published) said.AppendJoin('\n', published);
        Assert.Contains("commissioning", said.ToString(), StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, said.ToString(), StringComparison.Ordinal));
    }

    // Byte for byte, whatever the format. The lock's file is empty, and can't be opened while the daemon holds it.
    private static string FilesOf(EdgeProcess edge)
    {
        StringBuilder text = new();
        foreach (string path in Directory.GetFiles(edge.DataDirectory).Where(path => new FileInfo(path).Length > 0))
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using StreamReader reader = new(file, Encoding.Latin1);
            text.Append(reader.ReadToEnd());
        }

        return text.ToString();
    }
}
