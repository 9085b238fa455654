using System.CommandLine;
using Flip.Edge.Configuration;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;

namespace Flip.Edge.Cli;

/// <summary>What <c>scan tcp</c> and <c>scan rtu</c> have in common.</summary>
internal sealed class ScanOptions
{
    private readonly Option<string?> _units = new("--units") { HelpName = "LIST", Description = "unit ids, as in 1,2,100-110 [default: those that inverters use]" };
    private readonly Option<bool> _thorough = new("--thorough") { Description = "ask all unit ids, and try all usual line settings; takes long" };
    private readonly Option<bool> _json = new("--json") { Description = "write JSON instead of text" };
    private readonly Option<double?> _timeout = new("--timeout") { HelpName = "SECONDS", Description = "how long a device may take for one answer [default: 1]" };
    private readonly Option<bool> _verbose = new("--verbose") { Description = "tell of every question on standard error" };
    private readonly Option<string?> _profiles = ConfigOptions.Profiles();

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_units, _thorough, _json, _timeout, _profiles, _verbose]) command.Add(option);
    }

    /// <summary>Loads the profiles; returns what is wrong, or null.</summary>
    public string? Profiles(ParseResult parsed, out ProfileCatalog catalog) => ProfileFiles.TryLoad(parsed.GetValue(_profiles), out catalog);

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Reads units and thoroughness; returns what is wrong, or null.</summary>
    public string? Read(ParseResult parsed, out ScanWishes wishes)
    {
        string? wrong = NumberList.TryRead(parsed.GetValue(_units), "--units", 0, 255, out IReadOnlyList<int>? units);
        wishes = new(units?.Select(unit => (byte)unit).ToArray(), null, null, null, parsed.GetValue(_thorough));
        return wrong ?? (parsed.GetValue(_timeout) is < 0.1 or > 60 ? "--timeout has to be a number of seconds from 0.1 to 60" : null);
    }

    public ScanGiven Given(ParseResult parsed) => new(
        new ModbusWishes { ResponseTimeout = parsed.GetValue(_timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null },
        parsed.GetValue(_json), parsed.GetValue(_verbose));
}

/// <param name="Modbus">What was set of the connections.</param>
/// <param name="IsJson">Whether JSON is wanted.</param>
/// <param name="IsVerbose">Whether every question is told.</param>
internal sealed record ScanGiven(ModbusWishes Modbus, bool IsJson, bool IsVerbose);
