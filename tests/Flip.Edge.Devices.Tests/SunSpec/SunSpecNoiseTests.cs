using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.SunSpec;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Devices.Tests.SunSpec;

/// <summary>Whatever a map holds, reading it ends, and ends in a nameplate or in a sentence.</summary>
public sealed class SunSpecNoiseTests
{
    private const int MostReads = 1000;

    [Property(MaxTest = 200)]
    public Task<bool> Reading_any_64_K_of_noise_ends(int seed, byte kind) => Read(new NoiseBank(seed, kind));

    private static async Task<bool> Read(NoiseBank bank)
    {
        await using BankClient client = new(bank);
        try
        {
            Nameplate nameplate = (await new SunSpecNameplateReader(new FakeTimeProvider()).ReadAsync(client, 1, CancellationToken.None)).Nameplate;
            Assert.True(!nameplate.CapacityWh.IsPresent || nameplate.CapacityWh.Value >= Plausibility.LeastCapacityWh);
        }
        catch (Exception expected) when (expected is DeviceNotReadableException or ModbusException)
        {
            Assert.NotEmpty(expected.Message);
        }

        return client.Reads.Count < MostReads;
    }

    /// <summary>A marker at 40000, then noise: words of any size, or small ones that look like ids and lengths; with holes or without.</summary>
    private sealed class NoiseBank : IRegisterBank
    {
        private readonly ushort[] _words = new ushort[0x10000];
        private readonly int _hole;

        public NoiseBank(int seed, byte kind)
        {
            Random random = new(seed);
            for (int i = 0; i < _words.Length; i++)
            {
                _words[i] = (ushort)((kind & 3) switch { 0 => random.Next(0x10000), 1 => random.Next(70), 2 => random.Next(700, 810), _ => i % 2 });
            }

            (_words[40000], _words[40001]) = (0x5375, 0x6E53);
            _hole = (kind & 4) == 0 ? int.MaxValue : random.Next(40002, 41000);
        }

        public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
        {
            if (address <= _hole && address + destination.Length > _hole) return ModbusExceptionCode.IllegalDataAddress;
            _words.AsSpan(address, destination.Length).CopyTo(destination);
            return null;
        }

        public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => ModbusExceptionCode.IllegalFunction;
    }
}
