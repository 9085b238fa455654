using System.Globalization;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.SunSpec;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Devices.Tests.SunSpec;

/// <summary>
/// Answers that belong to another request tell of models that are not there, or of an end that is none. A battery behind them must not
/// be lost: the image has two of model 802, of 10 and 5 kWh.
/// </summary>
public sealed class TornMapTests
{
    // What the fuzzer found: model 120 seemed to stand where the first model 802 does, and ended the map in the middle of it.
    private const int FirstBattery = 40246;
    private const int SecondBattery = FirstBattery + 64;

    [Fact]
    public async Task A_header_that_is_answered_with_the_read_before_costs_no_battery()
    {
        ReplayingBank bank = new(Images.Device("two-batteries"), FirstBattery);

        Assert.Equal(15_000m, (await ReadAsync(bank)).Nameplate.CapacityWh.Value);
        Assert.True(bank.HasReplayed);
    }

    // A header that is wrong in most reads of both readings can't be told from a right one.
    [Fact]
    public async Task A_header_that_is_another_in_one_or_two_reads_of_eight_ends_in_the_truth_in_a_question_or_in_no_map()
    {
        List<string> endings = [];
        foreach (int pattern in Enumerable.Range(0, 256).Where(bits => int.PopCount(bits) <= 2)) endings.Add(await EndingAsync(pattern));

        Assert.All(endings, ending => Assert.True(ending is "15000" or "a person is asked" || ending.Contains("SunSpec models", StringComparison.Ordinal), ending));
        Assert.Contains("15000", endings);
        Assert.Contains("a person is asked", endings);
    }

    [Fact]
    public async Task An_end_that_is_none_when_it_is_read_again_is_not_the_end()
    {
        EndingBank bank = new(Images.Device("two-batteries"), SecondBattery);

        Assert.Equal(15_000m, (await ReadAsync(bank)).Nameplate.CapacityWh.Value);
        Assert.True(bank.HasLied);
    }

    private static async Task<string> EndingAsync(int pattern)
    {
        try
        {
            Nameplate nameplate = (await ReadAsync(new ChangingBank(Images.Device("two-batteries"), FirstBattery, pattern))).Nameplate;
            bool isAsked = !nameplate.CapacityWh.IsPresent || nameplate.Warnings.Any(warning => warning is { NeedsPerson: true, Override: "CapacityWh" });
            return isAsked ? "a person is asked" : nameplate.CapacityWh.Value.ToString(CultureInfo.InvariantCulture);
        }
        catch (DeviceNotReadableException none)
        {
            Assert.True(none.IsAsleep);
            return none.Message;
        }
    }

    // Over a slow network it is read ahead, and a header at the very end of what came is asked for alone.
    private static async Task<NameplateReading> ReadAsync(IRegisterBank bank)
    {
        BankClient client = new(bank, new ModbusTcpEndpoint("10.0.0.1", 502, 1)) { Latency = TimeSpan.FromMilliseconds(20) };
        return await new SunSpecNameplateReader(new FakeTimeProvider()).ReadAsync(client, 1, TestContext.Current.CancellationToken);
    }

    /// <summary>Answers the first read of a header alone with what the read before began with.</summary>
    private sealed class ReplayingBank(IRegisterBank inner, int header) : IRegisterBank
    {
        private ushort[] _last = [];

        public bool HasReplayed { get; private set; }

        public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
        {
            ModbusExceptionCode? refused = inner.Read(unit, function, address, destination);
            if (address == header && destination.Length == 2 && !HasReplayed)
            {
                HasReplayed = true;
                _last.AsSpan(0, 2).CopyTo(destination);
            }

            _last = destination.ToArray();
            return refused;
        }

        public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => ModbusExceptionCode.IllegalFunction;
    }

    /// <summary>Shows model 120 in place of 802 in the reads of which the pattern has a bit, over and over.</summary>
    private sealed class ChangingBank(IRegisterBank inner, int header, int pattern) : IRegisterBank
    {
        private int _reads;

        public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
        {
            ModbusExceptionCode? refused = inner.Read(unit, function, address, destination);
            if (header < address || header >= address + destination.Length) return refused;
            if (((pattern >> (_reads++ % 8)) & 1) == 1) destination[header - address] = 120;
            return refused;
        }

        public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => ModbusExceptionCode.IllegalFunction;
    }

    /// <summary>Says once that the map ends at a header.</summary>
    private sealed class EndingBank(IRegisterBank inner, int header) : IRegisterBank
    {
        public bool HasLied { get; private set; }

        public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
        {
            ModbusExceptionCode? refused = inner.Read(unit, function, address, destination);
            if (HasLied || header < address || header >= address + destination.Length) return refused;
            HasLied = true;
            destination[header - address] = 0xFFFF;
            return refused;
        }

        public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => ModbusExceptionCode.IllegalFunction;
    }
}
