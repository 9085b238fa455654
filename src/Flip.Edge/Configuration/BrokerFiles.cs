using Flip.Edge.Cloud;
using Flip.Edge.Mqtt;

namespace Flip.Edge.Configuration;

/// <summary>
/// Looks at the files of the broker's login and certificates, as <see cref="CredentialFiles"/> does at Flip's. What systemd hands over is not
/// known here.
/// </summary>
internal static class BrokerFiles
{
    public static async Task<IReadOnlyList<ConfigurationError>> CheckAsync(MqttSettings? settings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (settings is not { Enabled: true }) return [];
        List<CredentialFault> faults = [];
        if ((await BrokerLogin.ReadAsync(settings, null, cancellationToken)).Fault is { } fault) faults.Add(fault);
        if (settings.Tls is { } tls)
        {
            (BrokerTrust? trust, IReadOnlyList<CredentialFault> wrong) = await BrokerTrust.ReadAsync(tls, null, now, cancellationToken);
            using (trust) faults.AddRange(wrong.Where(one => !BrokerTrust.IsForSystemd(one)));
        }

        return [.. faults.Select(one => new ConfigurationError(one.Key, one.Sentence))];
    }
}
