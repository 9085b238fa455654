using Flip.Edge.Devices;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Hostile;
using static Flip.Edge.Pitfalls.WireRig;

namespace Flip.Edge.Pitfalls.P09_ReplayedAndTruncated;

/// <summary>
/// A gateway replays or truncates: data one register off, a value times 65,536.
/// <see href="https://github.com/0xAHA/Growatt_ModbusTCP/issues/349"/>, <see href="https://github.com/0xAHA/Growatt_ModbusTCP/issues/447"/>
/// </summary>
public sealed class ReplayedAndTruncatedTests
{
    [Theory]
    [InlineData(HostileWires.Tcp)]
    [InlineData(HostileWires.Rtu)]
    public async Task What_a_replay_tells_never_becomes_a_value(HostileWires wire)
    {
        await using WireRig rig = await OnAsync(wire, new(), Named("replayed-replies"));
        await AssertNothingMadeUpAsync(rig);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public async Task Replies_that_are_one_register_off_now_and_then_never_become_a_value(int oneIn)
    {
        DataBehaviour shifts = new("shifts-now-and-then", "", [9], bank => new Shifting(bank, oneIn));
        await using WireRig rig = await OnTcpAsync(new(), shifts);
        await AssertNothingMadeUpAsync(rig);
    }

    [Theory]
    [InlineData(HostileWires.Tcp)]
    [InlineData(HostileWires.Rtu)]
    public async Task A_reply_that_is_cut_off_is_asked_for_again(HostileWires wire)
    {
        await using WireRig rig = await OnAsync(wire, null, Named("truncated-frames"));
        await rig.ReadRightlyAsync();
        Assert.True(rig.Client.Counters.BrokenFrames > 0);
    }

    /// <summary>Right values, fields that are invalid, or a sentence that it can't be read.</summary>
    private static async Task AssertNothingMadeUpAsync(WireRig rig)
    {
        try
        {
            AssertNothingMadeUp(await rig.ReadAsync());
        }
        catch (DeviceNotReadableException e)
        {
            Assert.Contains("SunSpec", e.Message, StringComparison.Ordinal);
        }
    }

    private sealed class Shifting(IRegisterBank inner, int oneIn) : IRegisterBank
    {
        private int _reads;

        public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
        {
            ModbusExceptionCode? refused = inner.Read(unit, function, address, destination);
            if (refused is not null || ++_reads % oneIn != 0) return refused;
            destination[1..].CopyTo(destination);
            return null;
        }

        public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => inner.Write(unit, address, values);
    }
}
