using System.CommandLine;
using System.Text.Json;
using Flip.Edge.Button;
using Flip.Edge.Modbus;
using Flip.Edge.Monitoring;
using Flip.Edge.Status;

namespace Flip.Edge.Cli;

/// <summary><c>flip-edge status</c>.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        Option<string?> config = ConfigOptions.File();
        Option<string?> socket = SocketOption();
        Option<bool> json = new("--json") { Description = "write JSON instead of text" };
        Command command = new("status", "show how far the commissioning is") { config, socket, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            InvocationConfiguration console = parsed.InvocationConfiguration;
            return await LocalCommand.RunAsync(parsed.GetValue(socket), parsed.GetValue(config), console.Error, async client =>
            {
                EdgeStatus status = await client.StatusAsync(cancellationToken);
                await WriteAsync(console.Output, status, parsed.GetValue(json));
                return status.NeedsPerson ? ExitCodes.NeedsAttention : ExitCodes.Done;
            });
        });
        return command;
    }

    public static Option<string?> SocketOption() => new("--socket") { HelpName = "PATH", Description = "the daemon's Unix socket [default: Local:Socket of the configuration]" };

    public static async Task WriteAsync(TextWriter output, EdgeStatus status, bool json)
    {
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(status, StatusJson.Readable.EdgeStatus));
            return;
        }

        CommissioningStatus commissioning = status.Commissioning;
        await LineAsync(output, $"gateway        {status.GatewayId}, flip-edge {status.Version}");
        await LineAsync(output, $"commissioning  {StateText.Of(commissioning.State, Reason(status), $" since {commissioning.Since:u}")}");
        if (commissioning.Attempts > 0)
        {
            await LineAsync(output, $"tries          {commissioning.Attempts}, last outcome {commissioning.LastOutcome ?? "not known yet"}"
                + (commissioning.NextAttemptAt is { } next ? Next(next) : ""));
        }

        // The reason of the commissioning has it once somebody has started it.
        if (status.Credential is { Reason: { } missing } && commissioning.Reason?.Contains(missing, StringComparison.Ordinal) != true) await LineAsync(output, $"credential     {missing}");
        if (status.Configuration is { Reason: { } unused } configuration)
        {
            await LineAsync(output, $"configuration  {unused}{(configuration.RefusedAt is { } at ? $" (refused at {at:u})" : "")}");
        }

        foreach (FailingWorkerLine broken in status.Failing ?? []) await LineAsync(output, $"worker         {broken.Worker} fails since {broken.Since:u} and is tried again by itself: {broken.Reason}");
        await LineAsync(output, $"site           {status.SiteId}");
        foreach (DeviceStatusLine device in status.Devices)
        {
            string why = device.Needs is not null ? $"; {NameplateReview.WhereTo(device.Id)}" : device.Reason is not null ? $" ({WithoutEndpoint(device)})" : "";
            await LineAsync(output, $"device         {device.Id} at {device.Endpoint}: {device.State.Replace('_', ' ')}{why}");
            foreach (string need in device.Needs ?? []) await LineAsync(output, $"  to type      {need}");
            foreach (string drift in device.Drift) await LineAsync(output, $"  changed      {drift}");
        }

        await LineAsync(output, $"enrollment     {Enrollment(status)}");
        if (status.EnrollmentCheck is { } check) await LineAsync(output, $"  confirmed    {Confirmed(check)}");
        await LineAsync(output, $"mqtt           {Mqtt(status.Mqtt)}");
        if (!status.Clock.Trusted) await LineAsync(output, "clock          not set yet");
        foreach (ButtonBinding button in status.Button ?? [])
        {
            await LineAsync(output, $"button         {button.Bound ?? $"not bound: {button.Reason}"}");
            if (button.Remark is { } remark) await LineAsync(output, $"  other key    {remark}");
        }

        if (status.Led is { } led) await LineAsync(output, $"led            {led.Name}: {(led.Reason is null ? $"shows {led.Shows ?? "nothing yet"}" : $"can't be used: {led.Reason}")}");
        // Absent in the answer of a daemon that is older than this command.
        if (status.Storage is { Reason: { } failing }) await LineAsync(output, $"storage        failing since {status.Storage.FailingSince:u}: {failing}");
        if (status.Storage is { Recovered: { } recovered }) await LineAsync(output, $"storage        {recovered}");
    }

    // After a restart what was due meanwhile waits a random part of 30 s (docs/retry.md).
    private static string Next(DateTimeOffset due) => due < TimeProvider.System.GetUtcNow() ? $", next was due at {due:u} and comes within 30 s" : $", next at {due:u}";

    // What the devices say stands at each device.
    private static string? Reason(EdgeStatus status)
    {
        return status.Devices.Select(device => device.Reason).OfType<string>().Aggregate(status.Commissioning.Reason, (text, told) => text?.Replace(told, "see below", StringComparison.Ordinal));
    }

    // The endpoint stands before it already. A reason may begin with another one, where the device was looked for in its neighbourhood.
    private static string WithoutEndpoint(DeviceStatusLine device)
    {
        if (!ModbusEndpoint.TryParse(device.Endpoint, out ModbusEndpoint? endpoint, out _)) return device.Reason!;
        foreach (string named in (string[])[$"{endpoint.Bus} unit {endpoint.Unit}", endpoint.Bus])
        {
            if (device.Reason!.StartsWith(named, StringComparison.Ordinal) && device.Reason[named.Length..] is [',' or ':' or ' ', ..] rest) return rest.TrimStart(',', ':', ' ');
        }

        return device.Reason!;
    }

    // What Flip or a device says is shown in one line, and never steers the terminal.
    private static Task LineAsync(TextWriter output, string line) =>
        Wrapped.WriteAsync(output, TerminalText.OneLine(line), 15);

    private static string Mqtt(MqttStatus mqtt) => mqtt switch
    {
        { Connected: true } => "connected",
        { Enabled: false } => "off",
        { Reason: { } reason } => $"not connected: {reason}",
        _ => "not connected",
    };

    private static string Confirmed(EnrollmentCheckLine check)
    {
        string when = check.CheckedAt is { } at ? $"at {at:u}, {Age(TimeSpan.FromSeconds(check.AgeSeconds ?? 0))} ago" : "not yet since the daemon's start; it asks by itself";
        return check.Reason is null ? when : $"{when}; {check.Reason}";
    }

    private static string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 120 } => FormattableString.Invariant($"{(int)age.TotalSeconds} s"),
        { TotalMinutes: < 120 } => FormattableString.Invariant($"{(int)age.TotalMinutes} min"),
        { TotalHours: < 48 } => FormattableString.Invariant($"{(int)age.TotalHours} h"),
        _ => FormattableString.Invariant($"{(int)age.TotalDays} days"),
    };

    private static string Enrollment(EdgeStatus status) => status.Enrollment is { } enrollment
        ? $"{enrollment.Status} in {enrollment.ProgramName ?? enrollment.ProgramId}{(enrollment.StatusReason is null ? "" : $": {enrollment.StatusReason}")} ({enrollment.Advice})"
        : status.EnrollmentCheck is not null ? "none: the site is commissioned and in no program" : "none before the site is commissioned";
}
