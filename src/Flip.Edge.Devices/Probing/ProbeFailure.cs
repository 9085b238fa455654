using System.Globalization;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Probing;

/// <summary>Says what was tried in vain, and what to do.</summary>
internal static class ProbeFailure
{
    /// <summary>The exception for a search that found nothing.</summary>
    /// <param name="endpoint">Where it was looked.</param>
    /// <param name="named">The profile that was named, or null.</param>
    /// <param name="reports">What came.</param>
    /// <param name="spent">The budget, when that was the end of it.</param>
    public static Exception Of(
        ModbusEndpoint endpoint, DeviceProfile? named, IReadOnlyList<LaneReport> reports, TimeSpan? spent)
    {
        string late = spent is { } limit ? string.Create(CultureInfo.InvariantCulture, $"; after {limit.TotalSeconds:0} s it was given up") : "";
        if (reports.FirstOrDefault(report => report.Answered) is { } answering) return NotReadable(answering, named, late);
        if (reports.Select(FailureOf).OfType<ModbusException>().FirstOrDefault() is not { } first)
        {
            return new DeviceNotFoundException($"{endpoint.Bus}: nothing has answered{late}{Advice(endpoint, named, null)}");
        }

        string others = string.Join("; ", reports.Skip(1).GroupBy(Word).Select(same => $"{LineText.Of(same.Select(report => report.Lane))} ({same.Key})"));
        string also = others.Length == 0 ? "" : $"; also tried: {others}";
        return new DeviceNotFoundException($"{first.Message}{Units(reports)}{also}{late}{Advice(endpoint, named, first)}", first);
    }

    /// <summary>What to add to a silence or a refusal of a device whose family is known: how its Modbus is switched on; else nothing.</summary>
    public static string Enable(DeviceProfile? profile) =>
        profile?.Transport.Enable is { } enable ? $"; {profile.Title}: {enable.TrimEnd('.')}" : "";

    private static DeviceNotReadableException NotReadable(LaneReport report, DeviceProfile? named, string late)
    {
        UnitFinding finding = report.Findings.FirstOrDefault(finding => finding.Answered)
            ?? new() { Unit = report.Lane.Unit, Why = "answers, and was not recognised" };
        string what = named is null ? finding.Why : $"answers, but is not what the profile {named.Name} expects: {finding.Why}";
        string scan = report.Lane is ModbusTcpEndpoint tcp ? $"tcp {tcp.Host}" : report.Lane is ModbusRtuEndpoint rtu ? $"rtu {rtu.Port}" : "tcp HOST";
        return new(
            $"{report.Lane.Bus} unit {finding.Unit} {what}{Units([report])}{late}; switch SunSpec or Modbus on in the inverter's menu, check the unit id, "
            + $"choose a profile (flip-edge profiles list), or look around with flip-edge scan {scan}");
    }

    private static ModbusException? FailureOf(LaneReport report) =>
        report.Failure ?? report.Findings.Select(finding => finding.Silence).OfType<ModbusException>().FirstOrDefault();

    private static string Units(IReadOnlyList<LaneReport> reports)
    {
        byte[] units = [.. reports.SelectMany(report => report.Findings).Select(finding => finding.Unit).Distinct()];
        return units.Length < 2 ? "" : $"; the unit ids {string.Join(", ", units)} were tried";
    }

    private static string Word(LaneReport report) => report.Failure switch
    {
        ModbusConnectionException { Failure: ModbusConnectionFailure.Refused } => "refused",
        ModbusConnectionException { Failure: ModbusConnectionFailure.Lost } => "closed",
        ModbusConnectionException => "no connection",
        ModbusFrameException => "no Modbus",
        _ => "silent",
    };

    private static string Advice(ModbusEndpoint endpoint, DeviceProfile? named, ModbusException? first)
    {
        if (UnitProbe.IsOfGateway(first)) return "; Modbus is switched on there: check the line behind it too, or look around with flip-edge scan";
        if (named?.Transport.Enable is not null) return Enable(named);
        if (first is ModbusConnectionException { Failure: not (ModbusConnectionFailure.Refused or ModbusConnectionFailure.Lost) }) return "";
        return endpoint is ModbusRtuEndpoint
            ? "; check A and B, the unit id, the speed and the parity, or look around with flip-edge scan rtu"
            : "; on many inverters Modbus is off until it is switched on in the menu: flip-edge profiles show NAME tells where, for each family of flip-edge profiles list";
    }
}
