using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.SunSpec;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Devices.Tests.SunSpec;

/// <summary>
/// What a nameplate costs on a serial line, counted in characters: 8 of the request, 5 and two for each register of the reply, and the
/// two silences of 3.5 characters. A character is 10 bits at 8N1.
/// </summary>
public sealed class SunSpecWireCostTests
{
    // The reference client's scan of the same map: 25 transactions of 361 registers in all.
    private const double ReferenceMilliseconds = 1273;

    [Fact]
    public async Task One_reading_of_inverter_and_storage_takes_at_most_45_percent_of_the_reference_scan()
    {
        await using BankClient client = new(Images.Device("hybrid"));

        await new SunSpecNameplateReader(new FakeTimeProvider()).ReadOnceAsync(client, 1, TestContext.Current.CancellationToken);

        double characters = client.Reads.Sum(read => 8 + 7 + (read.Answered ? 5 + (2 * read.Count) : 5));
        double milliseconds = characters * 10 / 9600 * 1000;
        TestContext.Current.SendDiagnosticMessage("{0} transactions, {1:0.0} ms, {2:0.000} of the reference", client.Reads.Count, milliseconds, milliseconds / ReferenceMilliseconds);
        Assert.True(milliseconds <= 0.45 * ReferenceMilliseconds, $"{client.Reads.Count} transactions, {milliseconds:0.0} ms");
        Assert.Equal(7, client.Reads.Count);
    }

    [Fact]
    public async Task The_second_reading_asks_for_the_same_registers_in_the_cheapest_way()
    {
        await using BankClient client = new(Images.Device("hybrid"));

        NameplateReading reading = await Images.ReadAsync(client);

        // Now it is known that the header at 40280 is the beginning of what is read from there.
        Assert.Equal(client.Reads.Take(7).Where(read => read is not { Address: 40280, Count: 2 }), client.Reads.Skip(7));
        Assert.Equal(13, reading.Transactions);
    }

    /// <summary>Where a round trip outweighs all registers of a read, the next headers come along for nothing.</summary>
    [Fact]
    public async Task Over_a_slow_network_the_map_is_read_in_as_few_transactions_as_it_fits_in()
    {
        await using BankClient client = OverNetwork("hybrid");

        await Images.ReadAsync(client);

        Assert.Equal([(40000, 72), (40122, 125), (40254, 92)], client.Reads.Take(3).Select(read => (read.Address, read.Count)));
        Assert.Equal(6, client.Reads.Count);
    }

    [Theory]
    [InlineData("hybrid")]
    [InlineData("hybrid-7xx")]
    [InlineData("two-batteries")]
    [InlineData("pv-only")]
    [InlineData("l65")]
    [InlineData("base-0")]
    [InlineData("no-end-marker")]
    public async Task Reading_ahead_changes_nothing_of_what_is_read(string image)
    {
        await using BankClient client = OverNetwork(image);

        Nameplate nameplate = (await Images.ReadAsync(client)).Nameplate, expected = await Images.ReadAsync(image);

        Assert.True(NameplateAgreement.Agree(expected, nameplate));
        Assert.Equal(expected.Warnings, nameplate.Warnings);
    }

    [Fact]
    public async Task A_read_past_the_end_of_the_map_is_refused_and_half_of_it_is_tried_before_going_step_by_step()
    {
        await using BankClient client = OverNetwork("pv-only");

        await Images.ReadAsync(client);

        Assert.InRange(client.Reads.Count(read => !read.Answered), 1, 2);
    }

    private static BankClient OverNetwork(string image) =>
        new(Images.Device(image, DeviceWire.Tcp), ModbusEndpoint.Parse("tcp://192.0.2.1")) { Latency = TimeSpan.FromMilliseconds(20) };

    [Fact]
    public async Task A_setting_is_not_read_where_a_rating_is()
    {
        await using BankClient client = new(Images.Device("hybrid"));

        await Images.ReadAsync(client);

        // Model 124 of this image: its data is at 40258 to 40281.
        Assert.DoesNotContain(client.Reads, read => read.Address <= 40258 && read.Address + read.Count > 40258 + 2);
    }
}
