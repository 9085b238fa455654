namespace Flip.Edge.Simulator.Demo;

/// <summary>What a person can try while the demo keeps running.</summary>
internal static class DemoHints
{
    public static IEnumerable<string> Lines(DemoWorld world, DemoFolder folder)
    {
        var program = DaemonBinary.Text();
        return
        [
            $"{program} status --socket {folder.Socket}",
            $"{program} probe '{world.OnTcp.Endpoint}'",
            $"{program} commission --socket {folder.Socket}    # the button again: still one site",
            $"curl -s {folder.Http}/api/v1/nameplate",
            $"curl -s {world.Cloud.BaseUrl}ledger",
            $"mosquitto_sub -h 127.0.0.1 -p {world.Broker.Port} -t 'flip-edge/#' -v",
        ];
    }
}
