using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using static Flip.Edge.Devices.Tests.Probing.SampleFamilies;

namespace Flip.Edge.Devices.Tests.Probing;

public sealed class ModbusWishesTests
{
    private static readonly DeviceProfile Slow = Quirky(new()
    {
        ConnectDelay = Quirk(TimeSpan.FromSeconds(1)),
        RequestGap = Quirk(TimeSpan.FromMilliseconds(250)),
        ResponseTimeout = Quirk((TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8))),
        RegistersPerRead = Quirk(40),
        IgnoreTransactionId = Quirk(true),
        StripEcho = Quirk(true),
    });

    [Fact]
    public void Without_a_wish_and_without_a_profile_the_defaults_hold() =>
        Assert.Equal(new ModbusClientOptions(), new ModbusWishes().OptionsFor(null));

    [Fact]
    public void The_profile_decides_what_nobody_has_set() => Assert.Equal(
        new ModbusClientOptions
        {
            ConnectDelay = TimeSpan.FromSeconds(1),
            RequestGap = TimeSpan.FromMilliseconds(250),
            ResponseTimeout = TimeSpan.FromSeconds(2),
            LeastResponseTimeout = TimeSpan.FromSeconds(2),
            MostResponseTimeout = TimeSpan.FromSeconds(8),
            RegistersPerRead = 40,
            IgnoreTransactionId = true,
            StripEcho = true,
        },
        new ModbusWishes().OptionsFor(Slow));

    [Fact]
    public void What_was_set_wins_over_the_profile_even_when_it_is_what_the_default_would_have_been()
    {
        ModbusWishes wishes = new()
        {
            ConnectDelay = TimeSpan.Zero,
            RequestGap = TimeSpan.Zero,
            ResponseTimeout = TimeSpan.FromSeconds(1),
            RegistersPerRead = ModbusClientOptions.ProtocolRegistersPerRead,
        };

        ModbusClientOptions options = wishes.OptionsFor(Slow);

        Assert.Equal(new ModbusClientOptions { IgnoreTransactionId = true, StripEcho = true }, options);
    }

    [Fact]
    public void Of_two_devices_on_one_line_the_more_demanding_one_is_served()
    {
        ModbusClientOptions patient = new() { ConnectDelay = TimeSpan.FromSeconds(1), ResponseTimeout = TimeSpan.FromSeconds(3) };
        ModbusClientOptions gentle = new() { RequestGap = TimeSpan.FromSeconds(1), RegistersPerRead = 40, StripEcho = true, IgnoreTransactionId = true };
        ModbusClientOptions both = new()
        {
            ConnectDelay = TimeSpan.FromSeconds(1),
            RequestGap = TimeSpan.FromSeconds(1),
            ResponseTimeout = TimeSpan.FromSeconds(3),
            RegistersPerRead = 40,
            StripEcho = true,
            IgnoreTransactionId = true,
        };

        foreach (ModbusClientOptions strict in (ModbusClientOptions[])[StricterOptions.Of(patient, gentle), StricterOptions.Of(gentle, patient)])
        {
            Assert.Equal(
                (both.ConnectDelay, both.RequestGap, both.ResponseTimeout, both.LeastResponseTimeout, both.MostResponseTimeout, 40, true, true),
                (strict.ConnectDelay, strict.RequestGap, strict.ResponseTimeout, strict.LeastResponseTimeout, strict.MostResponseTimeout, strict.RegistersPerRead,
                    strict.StripEcho, strict.IgnoreTransactionId));
        }
    }
}
