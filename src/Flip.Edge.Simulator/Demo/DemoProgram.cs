using System.Threading.Channels;
using Flip.Edge.Simulator.Cloud;

namespace Flip.Edge.Simulator.Demo;

/// <summary><c>flip-edge-sim demo</c>: puts the parts together, tells the story and leaves nothing behind.</summary>
internal static class DemoProgram
{
    private const int LogLines = 60;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan TimeForCtrlC = TimeSpan.FromSeconds(1);

    /// <summary>Runs until the site is commissioned, and then on until cancelled unless it is to be once.</summary>
    /// <param name="once">End by itself; then the story goes to <paramref name="error"/> and the final status, as JSON, to <paramref name="output"/>.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ct">Ends the demo.</param>
    /// <returns>True when it was commissioned, or when a person ended the endless demo.</returns>
    public static async Task<bool> RunAsync(bool once, TextWriter output, TextWriter error, TimeProvider time, CancellationToken ct)
    {
        var story = new Story(once ? error : output, time);
        var requests = Channel.CreateUnbounded<MockRequest>();
        await using var world = await DemoWorld.StartAsync(request => requests.Writer.TryWrite(request), ct).ConfigureAwait(false);
        using var folder = new DemoFolder();
        folder.Write(world, DateOnly.FromDateTime(time.GetLocalNow().DateTime));
        TellWorld(story, world, folder);

        await using var daemon = DaemonProcess.Start(
            DaemonBinary.Command("run", "--config", folder.ConfigFile), folder.FolderPath, folder.LogFile);
        using var api = new LocalApi(folder.Socket);
        story.Tell($"The real daemon starts: {DaemonBinary.Text()} run --config {folder.ConfigFile} (process {daemon.Id}).");
        try
        {
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limited.CancelAfter(MostTime);
            await new DemoRun(world, daemon, api, requests.Reader, story, time).TellAsync(limited.Token).ConfigureAwait(false);
            if (once)
            {
                await output.WriteLineAsync((await api.GetAsync("api/v1/status", ct).ConfigureAwait(false)).ToJsonString(Narrator.Pretty)).ConfigureAwait(false);
                await output.FlushAsync(ct).ConfigureAwait(false);
                return true;
            }

            story.Tell("Everything keeps running until Ctrl-C. In another terminal you can try:", DemoHints.Lines(world, folder));
            await daemon.WaitAsync(ct).ConfigureAwait(false);
            await Task.Delay(TimeForCtrlC, time, ct).ConfigureAwait(false); // Ctrl-C reaches the daemon as well, sometimes first
            return await FailAsync(story, daemon, $"the daemon ended by itself with exit code {daemon.ExitCode}").ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            story.Tell("Ending: the daemon is asked to stop (SIGTERM).");
            var tidy = await daemon.StopAsync().ConfigureAwait(false);
            story.Tell(tidy ? $"It has stopped with exit code {daemon.ExitCode}; its folder is removed." : "It had to be killed; its folder is removed.");
            return !once;
        }
        catch (OperationCanceledException)
        {
            return await FailAsync(story, daemon, $"not commissioned within {MostTime.TotalSeconds} s").ConfigureAwait(false);
        }
        catch (DemoFailedException exception)
        {
            return await FailAsync(story, daemon, exception.Message).ConfigureAwait(false);
        }
    }

    private static void TellWorld(Story story, DemoWorld world, DemoFolder folder) => story.Tell(
        "Around the gateway, all simulated, all on this machine:",
        $"battery 1    {world.OnTcp.Endpoint}  ({world.OnTcp.Image.Name}: {world.OnTcp.Image.Description})",
        $"battery 2    {world.OnRtu.Endpoint}  ({world.OnRtu.Image.Name}: {world.OnRtu.Image.Description})",
        $"Flip cloud   {world.Cloud.BaseUrl}  (a mock; its first answer will be 503)",
        $"MQTT broker  mqtt://127.0.0.1:{world.Broker.Port}",
        $"folder       {folder.FolderPath}");

    private static async Task<bool> FailAsync(Story story, DaemonProcess daemon, string why)
    {
        await daemon.StopAsync().ConfigureAwait(false);
        story.Tell($"FAILED: {why}. The end of the daemon's log:", daemon.LogTail(LogLines));
        return false;
    }
}
