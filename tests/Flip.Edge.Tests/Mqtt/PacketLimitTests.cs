using Flip.Edge.Mqtt;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Mqtt;

public sealed class PacketLimitTests
{
    // PINGRESP, a PUBLISH of 200 bytes, PINGRESP.
    private static readonly byte[] Good = [0xD0, 0, 0x30, 0xC8, 1, .. new byte[200], 0xD0, 0];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(4096)]
    public async Task Packets_pass_unchanged_however_they_are_cut_into_reads(int each)
    {
        await using PacketLimit limit = new(new MemoryStream(Good), TimeProvider.System);
        Assert.Equal(Good, await ReadAsync(limit, each));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    public async Task The_longest_packet_passes_and_one_byte_more_does_not(int each)
    {
        await using PacketLimit longest = new(new MemoryStream([0x30, 0x80, 0x80, 0x10, .. new byte[PacketLimit.MostBytes]]), TimeProvider.System);
        Assert.Equal(PacketLimit.MostBytes + 4, (await ReadAsync(longest, each)).Length);

        await using PacketLimit longer = new(new MemoryStream([0x30, 0x81, 0x80, 0x10]), TimeProvider.System);
        BrokerException refused = await Assert.ThrowsAsync<BrokerException>(() => ReadAsync(longer, each));
        Assert.Contains("is it an MQTT broker?", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_length_that_never_ends_is_refused()
    {
        await using PacketLimit limit = new(new MemoryStream([0x30, 0x80, 0x80, 0x80, 0x80, 0x01]), TimeProvider.System);
        await Assert.ThrowsAsync<BrokerException>(() => ReadAsync(limit, 1));
    }

    [Fact]
    public async Task More_packets_in_a_minute_than_a_broker_has_reason_for_are_refused_and_in_two_minutes_they_are_not()
    {
        byte[] pings = [.. Enumerable.Repeat<byte[]>([0xD0, 0], PacketLimit.MostPackets).SelectMany(ping => ping)];
        FakeTimeProvider time = new();
        await using PacketLimit slow = new(new MemoryStream([.. pings, .. pings]), time);
        byte[] buffer = new byte[pings.Length];
        await slow.ReadExactlyAsync(buffer, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(61));
        await slow.ReadExactlyAsync(buffer, TestContext.Current.CancellationToken);

        await using PacketLimit fast = new(new MemoryStream([.. pings, .. pings]), time);
        BrokerException refused = await Assert.ThrowsAsync<BrokerException>(() => ReadAsync(fast, 4096));
        Assert.Contains("packets in a minute", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Noise_never_does_more_than_be_refused()
    {
        Random random = new(46);
        for (int i = 0; i < 2000; i++)
        {
            byte[] noise = new byte[random.Next(1, 400)];
            random.NextBytes(noise);
            await using PacketLimit limit = new(new MemoryStream(noise), TimeProvider.System);
            try
            {
                Assert.Equal(noise, await ReadAsync(limit, random.Next(1, 50)));
            }
            catch (BrokerException refused)
            {
                Assert.Equal(BrokerTrouble.Away, refused.Trouble);
            }
        }
    }

    private static async Task<byte[]> ReadAsync(PacketLimit limit, int each)
    {
        using MemoryStream all = new();
        byte[] buffer = new byte[each];
        while (await limit.ReadAsync(buffer, TestContext.Current.CancellationToken) is var read and > 0) all.Write(buffer, 0, read);
        return all.ToArray();
    }
}
