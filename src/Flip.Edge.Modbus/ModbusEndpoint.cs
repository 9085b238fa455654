using System.Diagnostics.CodeAnalysis;

namespace Flip.Edge.Modbus;

/// <summary>
/// Where a device is: <c>tcp://HOST[:502][?unit=1]</c>, <c>rtu:///dev/…?baud=9600&amp;parity=none&amp;stop=1&amp;unit=1</c> or
/// <c>rtu+tcp://HOST:PORT?unit=1</c> (RTU frames over a TCP socket).
/// </summary>
/// <param name="Unit">Unit id, 0–255 over TCP, 1–247 on a serial line.</param>
public abstract record ModbusEndpoint(byte Unit)
{
    /// <summary>
    /// False when the text left the unit id out: then <see cref="Unit"/> is a default, and whoever looks for a device may try others.
    /// </summary>
    /// <remarks>
    /// What was given is a part of the endpoint's equality: to write a default out is to forbid everything else, and a reader that was set
    /// up before must not go on looking around. The canonical text and <see cref="Bus"/> don't tell it.
    /// </remarks>
    public bool IsUnitGiven { get; init; } = true;

    /// <summary>The bus without the unit: two devices with the same bus share one connection.</summary>
    public abstract string Bus { get; }

    /// <summary>Reads an endpoint's text.</summary>
    /// <param name="text">The URI.</param>
    /// <param name="endpoint">The endpoint, or null.</param>
    /// <param name="error">What is wrong with the text and what was expected, or null.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ModbusEndpoint? endpoint, [NotNullWhen(false)] out string? error) =>
        ModbusEndpointParser.TryParse(text, out endpoint, out error);

    /// <summary>Reads an endpoint's text.</summary>
    /// <exception cref="FormatException">The text is no endpoint; the message says why.</exception>
    public static ModbusEndpoint Parse(string text) =>
        TryParse(text, out ModbusEndpoint? endpoint, out string? error) ? endpoint : throw new FormatException(error);

    /// <summary>A host as it stands in a URI: an address of version 6 in brackets.</summary>
    private protected static string InUri(string host) => host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;

    /// <summary>A host without the brackets of a URI, so that one address is one text.</summary>
    private protected static string Bare(string host) => host is ['[', .., ']'] ? host[1..^1] : host;
}

/// <summary>Modbus TCP.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port, 502 by default.</param>
/// <param name="Unit">Unit id.</param>
public sealed record ModbusTcpEndpoint(string Host, int Port, byte Unit) : ModbusEndpoint(Unit)
{
    /// <summary>Name or address; an address of version 6 without brackets.</summary>
    public string Host { get; init; } = Bare(Host);

    /// <summary>False when the text left the port out: then <see cref="Port"/> is 502 by default.</summary>
    public bool IsPortGiven { get; init; } = true;

    /// <inheritdoc/>
    public override string Bus => $"tcp://{InUri(Host)}:{Port}";

    /// <summary>The canonical text.</summary>
    public override string ToString() => $"{Bus}?unit={Unit}";
}

/// <summary>RTU frames over a TCP socket, as serial device servers offer them.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port; there is no default.</param>
/// <param name="Unit">Unit id.</param>
public sealed record ModbusRtuOverTcpEndpoint(string Host, int Port, byte Unit) : ModbusEndpoint(Unit)
{
    /// <summary>Name or address; an address of version 6 without brackets.</summary>
    public string Host { get; init; } = Bare(Host);

    /// <inheritdoc/>
    public override string Bus => $"rtu+tcp://{InUri(Host)}:{Port}";

    /// <summary>The canonical text.</summary>
    public override string ToString() => $"{Bus}?unit={Unit}";
}

/// <summary>Parity of a serial line.</summary>
public enum SerialParity
{
    /// <summary>No parity bit.</summary>
    None,

    /// <summary>Even parity, the Modbus default of the specification; most inverters ship with none.</summary>
    Even,

    /// <summary>Odd parity.</summary>
    Odd,
}

/// <summary>Modbus RTU on a serial port.</summary>
/// <param name="Port">Device file, best under <c>/dev/serial/by-id</c>.</param>
/// <param name="BaudRate">Bits per second, 9600 by default.</param>
/// <param name="Parity">None by default.</param>
/// <param name="StopBits">1 (default) or 2.</param>
/// <param name="Unit">Unit id.</param>
public sealed record ModbusRtuEndpoint(string Port, int BaudRate, SerialParity Parity, int StopBits, byte Unit) : ModbusEndpoint(Unit)
{
    /// <summary>False when the text left the speed out: then <see cref="BaudRate"/> is 9600 by default.</summary>
    public bool IsBaudRateGiven { get; init; } = true;

    /// <summary>False when the text left the parity out: then there is none by default.</summary>
    public bool IsParityGiven { get; init; } = true;

    /// <summary>False when the text left the stop bits out: then there is one by default.</summary>
    public bool IsStopBitsGiven { get; init; } = true;

    /// <inheritdoc/>
    public override string Bus => $"rtu://{Port}";

    /// <summary>The canonical text.</summary>
    public override string ToString() =>
        $"{Bus}?baud={BaudRate}&parity={Parity.ToString().ToLowerInvariant()}&stop={StopBits}&unit={Unit}";
}
