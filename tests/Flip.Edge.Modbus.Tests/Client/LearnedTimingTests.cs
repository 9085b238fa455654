using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Modbus.Tests.Client;

/// <summary>
/// Time-outs that were too short for a slow device (<see href="https://github.com/openhab/openhab-addons/issues/9270"/>,
/// <see href="https://github.com/stephane/libmodbus/issues/776"/>) are found out and mended.
/// </summary>
public sealed class LearnedTimingTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(100, 1000)]
    [InlineData(300, 1200)]
    [InlineData(1249, 4996)]
    [InlineData(1500, 5000)]
    [InlineData(600_000, 5000)]
    public void The_time_out_is_four_times_the_latency_within_its_bounds(int latency, int timeout)
    {
        ResponseTiming timing = new(new());
        timing.Answered(TimeSpan.FromMilliseconds(latency));
        Assert.Equal(timeout, timing.Timeout.TotalMilliseconds);
    }

    [Fact]
    public void Before_the_first_answer_the_time_out_is_what_was_told()
    {
        ResponseTiming timing = new(new() { ResponseTimeout = 3 * Second, LeastResponseTimeout = Second });
        Assert.Null(timing.Latency);
        Assert.Equal(3 * Second, timing.Timeout);
        timing.Answered(TimeSpan.Zero);
        Assert.Equal(Second, timing.Timeout);
    }

    [Fact]
    public void A_time_out_that_was_told_is_never_undercut_by_learning()
    {
        ResponseTiming timing = new(new() { ResponseTimeout = 10 * Second });
        timing.Answered(TimeSpan.FromMilliseconds(1));
        Assert.Equal(10 * Second, timing.Timeout);
    }

    [Fact]
    public void One_slow_answer_counts_for_an_eighth_and_a_late_one_in_full()
    {
        ResponseTiming timing = new(new());
        timing.Answered(TimeSpan.FromMilliseconds(100));
        timing.Answered(TimeSpan.FromMilliseconds(900));
        Assert.Equal(200, timing.Latency!.Value.TotalMilliseconds);
        timing.AnsweredLate(TimeSpan.FromMilliseconds(1100));
        Assert.Equal(1100, timing.Latency!.Value.TotalMilliseconds);
    }

    [Fact]
    public async Task A_late_reply_over_TCP_prolongs_the_wait_that_is_under_way()
    {
        FakeTimeProvider time = new();
        TaskCompletionSource asked = new(), askedAgain = new(), sendLate = new(), answer = new();
        await using Rig rig = new(Wire.Tcp, null, time, async peer =>
        {
            await peer.RequestAsync();
            byte[] late = peer.Frame("03 02 0001");
            asked.SetResult();
            await peer.RequestAsync();
            askedAgain.SetResult();
            await sendLate.Task;
            await peer.SendAsync(late);
            await answer.Task;
            await peer.ReplyAsync("03 02 0002");
            await peer.UntilClosedAsync();
        });
        Task<int> first = rig.ReadAsync();
        await asked.Task;
        time.Advance(Second);
        await Assert.ThrowsAsync<ModbusTimeoutException>(() => first);
        Task<int> second = rig.ReadAsync();
        await askedAgain.Task;
        time.Advance(Second / 2);
        sendLate.SetResult();
        while (rig.Client.Counters.LateReplies == 0) await Task.Yield();
        Assert.Equal(1.5 * Second, rig.Client.Latency);
        Assert.Equal(5 * Second, rig.Client.ResponseTimeout);
        time.Advance(Second);
        Assert.False(second.IsCompleted);
        answer.SetResult();
        Assert.Equal(2, await second);
    }

    [Fact]
    public async Task A_late_reply_on_RTU_teaches_how_long_the_device_takes()
    {
        FakeTimeProvider time = new();
        TaskCompletionSource asked = new(), sendLate = new();
        await using Rig rig = new(Wire.RtuOverTcp, null, time, async peer =>
        {
            await peer.RequestAsync();
            asked.SetResult();
            await sendLate.Task;
            await peer.ReplyAsync("03 02 0001");
            await peer.RequestAsync();
            await peer.ReplyAsync("03 02 0002");
            await peer.UntilClosedAsync();
        });
        Task<int> first = rig.ReadAsync();
        await asked.Task;
        time.Advance(Second);
        await Assert.ThrowsAsync<ModbusTimeoutException>(() => first);
        Task<int> second = rig.ReadAsync();
        time.Advance(Second / 2);
        sendLate.SetResult();
        Assert.Equal(2, await second);
        Assert.Equal(1, rig.Client.Counters.LateReplies);
        Assert.InRange(rig.Client.Latency!.Value, 1.2 * Second, 1.5 * Second); // late by 1.5 s, then answered at once
        Assert.Equal(1, rig.Client.Counters.Connects);
    }

    [Fact]
    public async Task An_answer_that_trickles_in_is_waited_for_as_long_as_it_does_not_stand_still()
    {
        FakeTimeProvider time = new();
        TaskCompletionSource asked = new();
        SemaphoreSlim more = new(0);
        await using Rig rig = new(Wire.Tcp, null, time, async peer =>
        {
            await peer.RequestAsync();
            asked.SetResult();
            foreach (byte b in peer.Frame("03 02 0001"))
            {
                await peer.SendAsync([b]);
                await more.WaitAsync();
            }

            await peer.UntilClosedAsync();
        });
        Task<int> reading = rig.ReadAsync();
        await asked.Task;
        for (int i = 1; i <= 10; i++)
        {
            while (rig.Client.Counters.BytesReceived < i) await Task.Yield();
            time.Advance(0.9 * Second);
            more.Release();
        }

        Assert.Equal(1, await reading);
        more.Release();
    }
}
