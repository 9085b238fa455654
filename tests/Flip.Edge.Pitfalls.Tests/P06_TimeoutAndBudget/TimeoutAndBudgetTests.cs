using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.SunSpec;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Simulator.Hostile;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Pitfalls.P06_TimeoutAndBudget;

/// <summary>A time-out longer than the retry budget means no retry at all. <see href="https://github.com/evcc-io/evcc/pull/32235"/></summary>
public sealed class TimeoutAndBudgetTests
{
    /// <summary>Retries are counted and the reading's budget grows with the time-out, so the longest leaves room for another try.</summary>
    [Fact]
    public async Task With_the_longest_time_out_a_request_that_was_lost_is_still_asked_again()
    {
        FakeTimeProvider time = new();
        SwallowsOne swallows = new();
        DataBehaviour behaviour = new("swallows-one", "", [6], bank => swallows.Over(bank));
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0, [behaviour]);
        await using IModbusClient client = ModbusClient.Create(device.Endpoint, new() { ResponseTimeout = TimeSpan.FromMinutes(1) }, time);
        Task<NameplateReading> reading = new SunSpecNameplateReader(time).ReadAsync(client, 1, TestContext.Current.CancellationToken);
        await swallows.Swallowed.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromMinutes(1));
        while (!reading.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
            time.Advance(TimeSpan.FromMilliseconds(20)); // the pause before the other try
        }

        WireRig.AssertRight((await reading).Nameplate);
        Assert.Equal(1, client.Counters.Timeouts);
    }

    [Fact]
    public void Time_outs_that_contradict_each_other_are_refused_before_anything_is_sent()
    {
        ModbusClientOptions options = new() { ResponseTimeout = TimeSpan.FromSeconds(2), MostResponseTimeout = TimeSpan.FromSeconds(1) };
        Assert.Throws<ArgumentOutOfRangeException>(options.Check);
    }

    private sealed class SwallowsOne
    {
        private readonly TaskCompletionSource _swallowed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _requests;

        public Task Swallowed => _swallowed.Task;

        public IRegisterBank Over(IRegisterBank bank) => new Bank(this, bank);

        private sealed class Bank(SwallowsOne owner, IRegisterBank inner) : IRegisterBank
        {
            public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
            {
                if (++owner._requests != 2) return inner.Read(unit, function, address, destination);
                owner._swallowed.SetResult();
                return IRegisterBank.NoReply;
            }

            public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => inner.Write(unit, address, values);
        }
    }
}
