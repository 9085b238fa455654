using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.SunSpec;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Simulator.Hostile.Data;
using FsCheck.Xunit;

namespace Flip.Edge.Devices.Tests.SunSpec;

/// <summary>Whatever a map holds, reading it ends, and ends in a nameplate or in a sentence.</summary>
public sealed class SunSpecNoiseTests
{
    private const int MostReads = 1000;
    private const int MostBytes = 8 * 1024 * 1024;

    [Property(MaxTest = 200)]
    public Task<bool> Reading_any_64_K_of_noise_ends(int seed, byte kind) => Read(new NoiseBank(seed, kind));

    [Property(MaxTest = 200)]
    public async Task<bool> Reading_any_noise_behind_any_refusals_and_silences_ends_within_its_bounds(int seed, byte kind, byte faults)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool ended = await Read(new FaultyBank(new NoiseBank(seed, kind), new(seed), faults));

        // Nothing here waits, so that all of it ran on this thread.
        return ended && GC.GetAllocatedBytesForCurrentThread() - before < MostBytes;
    }

    [Property(MaxTest = 200)]
    public async Task<bool> An_honest_device_behind_any_refusals_and_silences_says_the_truth_or_nothing(int seed, byte faults)
    {
        await using BankClient client = new(new FaultyBank(Images.Device("two-batteries"), new(seed), (byte)(faults / 2)));
        try
        {
            Nameplate nameplate = (await new SunSpecNameplateReader(new InstantTime()).ReadAsync(client, 1, CancellationToken.None)).Nameplate;
            return IsTrue(nameplate, nameplate.CapacityWh, 15_000, "CapacityWh") && IsTrue(nameplate, nameplate.MaxChargeW, 6000, "MaxChargeW")
                && IsTrue(nameplate, nameplate.MaxDischargeW, 7500, "MaxDischargeW");
        }
        catch (Exception expected) when (expected is DeviceNotReadableException or ModbusException)
        {
            return expected.Message.Length > 0;
        }
    }

    private static bool IsTrue(Nameplate nameplate, NameplateField<decimal> field, decimal truth, string name) =>
        !field.IsPresent || field.Value == truth || nameplate.Warnings.Any(warning => warning.NeedsPerson && warning.Override == name);

    private static async Task<bool> Read(IRegisterBank bank)
    {
        await using BankClient client = new(bank);
        try
        {
            Nameplate nameplate = (await new SunSpecNameplateReader(new InstantTime()).ReadAsync(client, 1, CancellationToken.None)).Nameplate;
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

    /// <summary>A device whose reads are refused, or not answered, so often in 255.</summary>
    private sealed class FaultyBank(IRegisterBank inner, Random random, byte faults) : IRegisterBank
    {
        public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
        {
            if (random.Next(256) >= faults) return inner.Read(unit, function, address, destination);
            return random.Next(4) == 0 ? IRegisterBank.NoReply : (ModbusExceptionCode)random.Next(1, 12);
        }

        public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => ModbusExceptionCode.IllegalFunction;
    }
}
