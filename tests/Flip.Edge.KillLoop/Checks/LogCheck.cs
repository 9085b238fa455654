using System.Text;
using Flip.Edge.KillLoop.World;

namespace Flip.Edge.KillLoop.Checks;

/// <summary>What may not be in the daemon's logs, whatever befell it.</summary>
internal static class LogCheck
{
    // Nothing in the rig gives cause for these: each is a fault of the daemon's own (docs/operations.md, log lines).
    private static readonly string[] Faults = ["CommissioningWorker[223]", "DeviceMonitor[103]", "StatusPublisher[302]", "Unhandled exception"];

    public static IEnumerable<string> Findings(Gateway gateway)
    {
        foreach (string file in gateway.LogFiles)
        {
            string log = Encoding.UTF8.GetString(DiskCheck.Read(file));
            string name = Path.GetFileName(file);
            foreach (string secret in gateway.Homeowner.Secrets.Append(Gateway.Token).Where(secret => log.Contains(secret, StringComparison.Ordinal)))
                yield return $"{name} tells {secret}";
            foreach (string line in log.Split('\n').Where(line => Faults.Any(fault => line.Contains(fault, StringComparison.Ordinal))))
                yield return $"{name}: {line}";
        }
    }
}
