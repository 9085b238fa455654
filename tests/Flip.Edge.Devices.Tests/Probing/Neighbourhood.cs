using System.Text;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Devices.Tests.Probing;

/// <summary>Buses with devices on them, without a wire: what is connected to, and what is asked there, is kept.</summary>
internal sealed class Neighbourhood
{
    private readonly Dictionary<string, Func<ModbusEndpoint, ModbusClientOptions, IRegisterBank>> _buses = new(StringComparer.Ordinal);

    /// <summary>Every connection that was opened, with its line settings or its delay.</summary>
    public List<string> Connections { get; } = [];

    /// <summary>Every read: bus, unit, function, address.</summary>
    public List<(string Bus, byte Unit, byte Function, ushort Address)> Asked { get; } = [];

    public Neighbourhood With(string bus, IRegisterBank bank) => With(bus, (_, _) => bank);

    public Neighbourhood With(string bus, Func<ModbusEndpoint, ModbusClientOptions, IRegisterBank> bank)
    {
        _buses[bus] = bank;
        return this;
    }

    public IModbusClient Connect(ModbusEndpoint endpoint, ModbusClientOptions options)
    {
        Connections.Add(endpoint is ModbusRtuEndpoint rtu ? $"{rtu.Bus} {rtu.BaudRate} {rtu.Parity}" : $"{endpoint.Bus} delay {options.ConnectDelay.TotalSeconds}");
        IRegisterBank bank = _buses.TryGetValue(endpoint.Bus, out Func<ModbusEndpoint, ModbusClientOptions, IRegisterBank>? found)
            ? found(endpoint, options) : Failing(ModbusConnectionFailure.Refused, endpoint.Bus);
        return new BankClient(new Listening(bank, this, endpoint.Bus), endpoint, options);
    }

    /// <summary>Nobody: a connection, and no answer.</summary>
    public static IRegisterBank Silent { get; } = new Scripted((_, _, _) => IRegisterBank.NoReply);

    public static IRegisterBank Failing(ModbusConnectionFailure failure, string bus) => new Scripted((unit, function, address) =>
        throw new ModbusConnectionException(new(bus, unit, function, address, 1), failure, $"nothing listens at {bus} ({failure})"));

    /// <summary>What a Modbus TCP client sees of a device server that speaks RTU frames.</summary>
    public static IRegisterBank OtherFraming(string bus) => new Scripted((unit, function, address) =>
        throw new ModbusFrameException(new(bus, unit, function, address, 1), "what came is no Modbus TCP header"));

    public static IRegisterBank Answering(Func<byte, byte, ushort, ModbusExceptionCode?> answer) => new Scripted(answer);

    /// <summary>A SunSpec map of a common model and empty models of these ids and lengths.</summary>
    public static DeviceRegisters SunSpecMap(string manufacturer, string serial, params (ushort Id, ushort Length)[] models)
    {
        DeviceRegisters map = new();
        int next = 40000;
        Append(0x5375, 0x6E53, 1, 66);
        foreach (string text in (string[])[manufacturer.PadRight(32, '\0'), "Some model".PadRight(32, '\0'), new string('\0', 16), "1.0".PadRight(16, '\0'), serial.PadRight(32, '\0')])
        {
            byte[] bytes = Encoding.ASCII.GetBytes(text);
            for (int i = 0; i < bytes.Length; i += 2) Append((ushort)((bytes[i] << 8) | bytes[i + 1]));
        }

        Append(1, 0x8000);
        foreach ((ushort id, ushort length) in models)
        {
            Append(id, length);
            for (int i = 0; i < length; i++) Append(0x8000);
        }

        Append(0xFFFF, 0);
        return map;

        void Append(params ushort[] words)
        {
            foreach (ushort word in words) map.Define((ushort)next++, word);
        }
    }

    private sealed class Listening(IRegisterBank inner, Neighbourhood all, string bus) : IRegisterBank
    {
        public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
        {
            all.Asked.Add((bus, unit, function, address));
            return inner.Read(unit, function, address, destination);
        }

        public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => throw new InvalidOperationException("a probe never writes");
    }

    private sealed class Scripted(Func<byte, byte, ushort, ModbusExceptionCode?> answer) : IRegisterBank
    {
        public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination) => answer(unit, function, address);

        public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => throw new InvalidOperationException("a probe never writes");
    }
}
