using Flip.Edge.Devices.Registers;
using Flip.Edge.Devices.SunSpec;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Profiles;

/// <summary>
/// What was asked of a bus while finding out what a device is, and what came: registers, a refusal or silence. Nothing is asked twice,
/// so that many anchors cost little. Not for two callers at a time.
/// </summary>
public sealed class AnchorReads(IModbusClient client)
{
    private readonly Dictionary<(byte Unit, int Function), RegisterBlocks> _blocks = [];
    private readonly Dictionary<(byte Unit, int Function, int Address, int Count), ModbusException> _failures = [];
    private readonly List<ReadTransaction> _journal = [];

    /// <summary>The connection.</summary>
    public IModbusClient Client => client;

    /// <summary>Every request that was made for these reads.</summary>
    public IReadOnlyList<ReadTransaction> Journal => _journal;

    /// <summary>Reads registers, or remembers them, or what came instead of them.</summary>
    /// <param name="unit">Unit id.</param>
    /// <param name="function">3 holding, 4 input.</param>
    /// <param name="address">First register, 0-based.</param>
    /// <param name="count">Registers.</param>
    /// <param name="time">For the pauses with a busy device.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The registers; or null, and the exception the device answered with, or its silence.</returns>
    /// <exception cref="ModbusException">No connection, or a broken frame.</exception>
    public async Task<(ushort[]? Words, ModbusException? Failure)> ReadAsync(
        byte unit, int function, int address, int count, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Find(unit, function, address, count) is { } known) return (known, null);
        if (_failures.TryGetValue((unit, function, address, count), out ModbusException? failure)) return (null, failure);
        if (address < 0 || address + count > 0x10000) return (null, null);
        try
        {
            ushort[] words = await new RegisterReader(client, unit, time, function, _journal).ReadAsync(address, count, cancellationToken).ConfigureAwait(false);
            Remember(unit, function, address, words);
            return (words, null);
        }
        catch (ModbusException failed) when (failed is ModbusDeviceException or ModbusTimeoutException)
        {
            Remember(unit, function, address, count, failed);
            return (null, failed);
        }
    }

    internal ushort[]? Find(byte unit, int function, int address, int count) =>
        _blocks.TryGetValue((unit, function), out RegisterBlocks? blocks) && blocks.Covering(address, count) is { } block
            ? block.Words.AsSpan(address - block.Address, count).ToArray()
            : null;

    internal void Remember(byte unit, int function, int address, ushort[] words)
    {
        if (!_blocks.TryGetValue((unit, function), out RegisterBlocks? blocks)) _blocks[(unit, function)] = blocks = new();
        blocks.Add(address, words);
    }

    internal void Remember(byte unit, int function, int address, int count, ModbusException failure) =>
        _failures[(unit, function, address, count)] = failure;
}
