using Flip.Edge.Simulator.Pty;

namespace Flip.Edge.Modbus.Tests.Transport;

/// <summary>What an adapter does with it can't be tested without one; that a port which refuses works all the same can.</summary>
public sealed class LowLatencyTests
{
    [Fact]
    public async Task A_port_whose_driver_does_not_know_it_is_held_and_let_go()
    {
        await using PseudoTerminal pty = new();
        using LowLatency.Held held = LowLatency.Ask(pty.SlavePath);
        Assert.True(held.Descriptor >= 0);
        Assert.False(held.IsGranted);
    }

    [Theory]
    [InlineData("/dev/no-such-port")]
    [InlineData("/dev")]
    public void A_port_that_can_not_be_opened_is_left_to_whoever_opens_it_in_earnest(string path)
    {
        using LowLatency.Held held = LowLatency.Ask(path);
        Assert.True(held.Descriptor < 0);
    }
}
