using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.SunSpec;
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
    public async Task The_second_reading_asks_for_the_same_registers_and_nothing_else()
    {
        await using BankClient client = new(Images.Device("hybrid"));

        NameplateReading reading = await Images.ReadAsync(client);

        Assert.Equal(client.Reads.Take(7), client.Reads.Skip(7));
        Assert.Equal(14, reading.Transactions);
    }

    [Fact]
    public async Task A_setting_is_not_read_where_a_rating_is()
    {
        await using BankClient client = new(Images.Device("hybrid"));

        await Images.ReadAsync(client);

        // Model 124 of this image: its data is at 40258 to 40281.
        Assert.DoesNotContain(client.Reads, read => read.Address <= 40258 && read.Address + read.Count > 40258 + 2);
    }
}
