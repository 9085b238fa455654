using Flip.Edge.Configuration;
using Flip.Edge.Logs;
using Flip.Edge.Monitoring;
using Flip.Edge.Mqtt;
using Flip.Edge.Storage;
using Flip.Edge.Supervision;

namespace Flip.Edge.Commissioning;

/// <summary>What came of a reload.</summary>
/// <param name="Errors">What is wrong with the configuration; nothing was changed then.</param>
/// <param name="NeedRestart">Sections that were changed, and are only used after a restart.</param>
/// <param name="IsSiteGiven">Whether the site's data that were given over the endpoint still stand in place of those just read.</param>
/// <param name="Copied">Files that need a person, and of which the service has the copy that systemd made at its start: they are used after a restart.</param>
internal sealed record ReloadResult(FirstErrors Errors, IReadOnlyList<string> NeedRestart, bool IsSiteGiven, IReadOnlyList<string> Copied);

/// <summary>
/// Reads the configuration anew, for SIGHUP and <c>flip-edge reload</c>. It is also how a person says that whatever needed attention is
/// mended, here or at Flip: a refused request is made anew, a refused token tried again.
/// </summary>
/// <param name="read">Reads the configuration as the start did.</param>
/// <param name="settings">Where it goes.</param>
/// <param name="store">The request that may need a person.</param>
/// <param name="devices">Read anew, with new overrides.</param>
/// <param name="sending">Tries again.</param>
/// <param name="credential">Looked at anew.</param>
/// <param name="mqtt">Connects anew at once, with the password and the certificates as they are now.</param>
/// <param name="changes">Told at the end.</param>
/// <param name="notices">systemd, which is told as well.</param>
/// <param name="levels">Which lines are logged from now on.</param>
/// <param name="time">When a configuration was refused.</param>
/// <param name="log">Log.</param>
internal sealed partial class Reload(
    Func<SettingsResult> read, CurrentSettings settings, CommissioningStore store, DeviceWatch devices, SendingStep sending, CredentialWatch credential, MqttState mqtt, ChangeSignal changes,
    ServiceNotices notices, LogLevels levels, TimeProvider time, ILogger<Reload> log)
{
    private readonly Lock _one = new();

    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The request could not be given up; the rest is done.</exception>
    /// <exception cref="StorageException">As above.</exception>
    public ReloadResult Run(string by)
    {
        lock (_one)
        {
            using IDisposable? reloading = notices.Reloading();
            SettingsResult result = read();
            if (result.Settings is not { } now)
            {
                FirstErrors errors = FirstErrors.Of(result.Errors);
                foreach (ConfigurationError error in errors.Shown) LogWrong(error.Key, error.Sentence);
                if (errors.Left > 0) LogMoreWrong(errors.Left);
                settings.State = settings.State with { Refusal = new(time.GetUtcNow(), errors) };
                changes.Raise();
                return new(errors, [], settings.IsSiteGiven, []);
            }

            // Profiles before devices: a device may name one that is new.
            settings.Profiles = now.Profiles;
            WrongProfiles.Log(log, now.Profiles);
            // Devices first: whoever sees the new settings and asks for readings must get them from the new monitors.
            devices.Replace(now.Devices);
            IReadOnlyList<string> needRestart = settings.Replace(now);
            settings.State = new(null, needRestart);
            levels.Use(now.Logging);
            if (needRestart.Count > 0) LogNeedRestart(string.Join(", ", needRestart));
            if (settings.IsSiteGiven) LogSiteGiven();
            CommissioningRecord record = store.Current;
            if (record.IsWaitingForAPerson || record.IsReplaceableBy(FrozenRequest.SettingsDigestOf(settings.Now))) store.Withdraw(record.Outbox!.Key, "reload");
            if (now.Commissioning.Trigger == TriggerMode.Automatic) store.Request("automatic");
            LogReloaded(by);
            // Whoever has just mended such a file expects a reload to do. Whether they have can't be seen from here: the file is root's.
            string[] copied = [.. new[] { credential.CopyToReplace, mqtt.CopyOf }.OfType<string>()];
            if (copied.Length > 0) LogCopied(string.Join(", ", copied));
            credential.LookNow();
            sending.TryNow();
            mqtt.TryAgain.Raise();
            changes.Raise();
            return new(FirstErrors.Of([]), needRestart, settings.IsSiteGiven, copied);
        }
    }

    [LoggerMessage(233, LogLevel.Information, "The configuration was read anew: {By}")]
    private partial void LogReloaded(string by);

    [LoggerMessage(234, LogLevel.Error, "The configuration is not used, and the daemon goes on with the old one: {Key} {Sentence}")]
    private partial void LogWrong(string key, string sentence);

    [LoggerMessage(239, LogLevel.Error, "The configuration has {Count} more errors, which are not told here: flip-edge config check names all of them")]
    private partial void LogMoreWrong(int count);

    [LoggerMessage(236, LogLevel.Warning, "Site in the configuration is not used: the data given with flip-edge site stand in its place until the site is commissioned. To change them, give them again")]
    private partial void LogSiteGiven();

    [LoggerMessage(243, LogLevel.Warning, "A new {Files} is used only after a restart of the service: it has the copy that systemd made at its start")]
    private partial void LogCopied(string files);

    [LoggerMessage(235, LogLevel.Warning, "Changed, and used only after a restart: {Sections}")]
    private partial void LogNeedRestart(string sections);
}
