using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Modbus.Tests.Client;

public sealed class TimingTests
{
    [Fact]
    public async Task The_connect_delay_is_waited_for_once_per_connection()
    {
        FakeTimeProvider time = new();
        await using Rig rig = new(Wire.Tcp, new() { ConnectDelay = TimeSpan.FromSeconds(5), ResponseTimeout = TimeSpan.FromHours(1) }, time, Echo(2));
        Task<int> first = rig.ReadAsync(1);
        while (rig.Client.Counters.Connects == 0) await Task.Yield();
        TimeSpan waited = TimeSpan.Zero;
        TimeSpan step = TimeSpan.FromMilliseconds(10);
        for (; rig.Client.Counters.Requests == 0 && waited < TimeSpan.FromMinutes(1); waited += step)
        {
            time.Advance(step);
            await Task.Yield();
        }

        Assert.True(waited >= TimeSpan.FromSeconds(5), $"{waited}");
        Assert.Equal(1, await first);
        Assert.Equal(2, await rig.ReadAsync(2));
    }

    [Fact]
    public async Task The_gap_between_requests_is_kept_from_the_end_of_the_last_reply()
    {
        FakeTimeProvider time = new();
        await using Rig rig = new(Wire.Tcp, new() { RequestGap = TimeSpan.FromSeconds(2), ResponseTimeout = TimeSpan.FromHours(1) }, time, Echo(3));
        Assert.Equal(1, await rig.ReadAsync(1));
        time.Advance(TimeSpan.FromSeconds(1));
        Task<int> second = rig.ReadAsync(2);
        time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Equal(1, rig.Client.Counters.Requests);
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(2, await second);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(3, await rig.ReadAsync(3));
    }

    [Fact]
    public async Task The_response_time_out_is_measured_from_each_request_anew()
    {
        FakeTimeProvider time = new();
        await using Rig rig = new(Wire.Tcp, new() { ResponseTimeout = TimeSpan.FromSeconds(10) }, time, Echo(1));
        Assert.Equal(1, await rig.ReadAsync(1)); // leaves the timer running
        time.Advance(TimeSpan.FromSeconds(9));
        Task<int> second = rig.ReadAsync(2);
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(second.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<ModbusTimeoutException>(() => second);
    }

    [Theory]
    [InlineData(300, 128_333)]
    [InlineData(9600, 4_010)]
    [InlineData(19200, 2_005)]
    [InlineData(19201, 1_750)]
    [InlineData(115200, 1_750)]
    [InlineData(0, 0)]
    public void The_gap_of_RTU_is_three_and_a_half_characters_or_1_75_milliseconds(int baud, int microseconds) =>
        Assert.Equal(microseconds, new SerialTiming(baud).Gap.TotalMicroseconds, 1.0);

    [Fact]
    public async Task The_gap_of_RTU_is_kept_before_sending()
    {
        TimeProvider time = TimeProvider.System;
        long replied = 0, asked = 0;
        await using Simulator.Pty.PseudoTerminal pty = new();
        await using IModbusClient client = ModbusClient.Create(new ModbusRtuEndpoint(pty.SlavePath, 300, SerialParity.Even, 1, 1));
        Peer peer = new(pty.Master, Wire.Rtu, TestContext.Current.CancellationToken);
        Task device = Task.Run(async () =>
        {
            await peer.RequestAsync();
            replied = time.GetTimestamp();
            await peer.ReplyAsync("03 02 0001");
            await peer.RequestAsync();
            asked = time.GetTimestamp();
            await peer.ReplyAsync("03 02 0002");
        }, TestContext.Current.CancellationToken);
        await client.ReadHoldingRegistersAsync(1, 0, 1, TestContext.Current.CancellationToken);
        await client.ReadHoldingRegistersAsync(1, 0, 1, TestContext.Current.CancellationToken);
        await device;
        Assert.True(time.GetElapsedTime(replied, asked) >= new SerialTiming(300).Gap);
    }

    private static Func<Peer, Task> Echo(int requests) => async peer =>
    {
        for (int i = 0; i < requests; i++)
        {
            byte[] request = await peer.RequestAsync();
            await peer.ReplyAsync($"03 02 {request[1]:X2}{request[2]:X2}");
        }

        await peer.UntilClosedAsync();
    };
}
