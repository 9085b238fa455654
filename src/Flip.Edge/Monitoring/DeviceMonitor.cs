using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Devices;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Logs;
using Flip.Edge.Modbus;
using Flip.Edge.Supervision;

namespace Flip.Edge.Monitoring;

/// <summary>
/// Reads one device's nameplate: at start, when asked, and again by itself until it can be read. A device that has been read is left
/// in peace.
/// </summary>
internal sealed partial class DeviceMonitor(
    DeviceSettings device, DeviceFinder finder, CommissionedDevices commissioned, ChangeSignal changes, TimeProvider time, ILogger<DeviceMonitor> log)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseForInput = TimeSpan.FromMinutes(1);
    private readonly ChangeSignal _asked = new();
    private readonly Novelty _toldReasons = new(time), _toldWarnings = new(time);
    private long _wanted = 1;

    public DeviceStatus Status { get; private set; } = new(device, DeviceState.Unknown, null, null, 0);

    /// <summary>Asks for a new reading. A status with this ticket or a later one comes from after this call.</summary>
    public long Refresh()
    {
        long ticket = Interlocked.Increment(ref _wanted);
        _asked.Raise();
        return ticket;
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using IDisposable? step = Progress.Doing($"device {device.Id}");
        TimeSpan pause = FirstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            Task asked = _asked.Next;
            long ticket = Interlocked.Read(ref _wanted);
            DeviceStatus status = await ReadAsync(ticket, cancellationToken);
            Publish(status);
            if (Interlocked.Read(ref _wanted) > ticket) continue;
            if (status.State == DeviceState.Ok)
            {
                pause = FirstPause;
                using (Progress.Waiting("until it is to be read again")) await asked.WaitAsync(cancellationToken);
                continue;
            }

            using (Progress.Waiting("before the next try")) await Task.WhenAny(asked, Task.Delay(status.State == DeviceState.NeedsInput ? PauseForInput : pause, time, cancellationToken));
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<DeviceStatus> ReadAsync(long ticket, CancellationToken cancellationToken)
    {
        try
        {
            NameplateReading reading = await finder.ReadAsync(cancellationToken);
            Nameplate nameplate = device.Overrides.ApplyTo(reading.Nameplate);
            if (commissioned.Find(device.Id) is { } before) nameplate = nameplate with { Warnings = [.. nameplate.Warnings, .. NameplateDrift.Of(before, nameplate)] };
            IReadOnlyList<string> needs = NameplateReview.WhatIsNeeded(device, nameplate);
            LogRead(device.Id, reading.Transactions, (long)reading.Duration.TotalMilliseconds);
            return new(device, needs.Count == 0 ? DeviceState.Ok : DeviceState.NeedsInput, NameplateReview.Sentence(device, needs), nameplate, ticket) { Needs = needs };
        }
        catch (Exception silent) when (silent is DeviceNotFoundException or ModbusException)
        {
            return Status with { Needs = [], State = DeviceState.Unreachable, Reason = silent.Message, Ticket = ticket };
        }
        catch (DeviceNotReadableException unreadable)
        {
            return Status with { Needs = [], State = DeviceState.Unreadable, Reason = unreadable.Message, Ticket = ticket };
        }
#pragma warning disable CA1031 // A fault of ours with one device must not end the daemon, nor the other devices' readings.
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            if (_toldReasons.IsNews($"{fault.GetType().Name} {fault.Message}")) LogFault(fault, device.Id);
            return Status with { Needs = [], State = DeviceState.Unreadable, Reason = $"reading it failed unexpectedly: {fault.Message}", Ticket = ticket };
        }
    }

    private void Publish(DeviceStatus status)
    {
        if (status.Nameplate is { } nameplate && !nameplate.Warnings.SequenceEqual(Status.Nameplate?.Warnings ?? []))
        {
            // What a person has settled stays in the nameplate, and asks for nothing any more.
            foreach (NameplateWarning warning in nameplate.Warnings.Where(warning => !device.Overrides.HasSettled(warning)))
            {
                if (_toldWarnings.IsNews($"{warning.Code} {warning.Sentence}")) LogWarning(device.Id, warning.Code, warning.Sentence);
            }
        }

        if (status.State != Status.State || status.Reason != Status.Reason)
        {
            // It is read every 30 s while it is not ok, and a learned time-out, for one, reads otherwise each time.
            string state = DeviceStatus.Name(status.State);
            if (status.State == DeviceState.Ok) LogOk(device.Id);
            else if (_toldReasons.IsNews($"{state} {status.Reason}")) LogNotOk(device.Id, state, status.Reason ?? "");
            if (status.State == DeviceState.Ok) _toldReasons.Forget();
        }

        Status = status;
        changes.Raise();
    }

    [LoggerMessage(100, LogLevel.Debug, "Device {Device}: nameplate read in {Transactions} transactions and {Milliseconds} ms")]
    private partial void LogRead(string device, int transactions, long milliseconds);

    [LoggerMessage(101, LogLevel.Information, "Device {Device}: nameplate read, complete and plausible")]
    private partial void LogOk(string device);

    [LoggerMessage(102, LogLevel.Warning, "Device {Device} is {State}: {Reason}")]
    private partial void LogNotOk(string device, string state, string reason);

    [LoggerMessage(104, LogLevel.Warning, "Device {Device}, {Code}: {Sentence}")]
    private partial void LogWarning(string device, string code, string sentence);

    [LoggerMessage(103, LogLevel.Error, "Device {Device}: reading the nameplate failed unexpectedly; it is tried again by itself")]
    private partial void LogFault(Exception exception, string device);
}
