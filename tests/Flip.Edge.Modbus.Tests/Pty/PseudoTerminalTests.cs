using Flip.Edge.Simulator.Pty;

namespace Flip.Edge.Modbus.Tests.Pty;

public sealed class PseudoTerminalTests
{
    [Fact]
    public async Task A_read_of_the_master_can_be_cancelled_and_the_next_gets_the_bytes()
    {
        await using PseudoTerminal pty = new();
        using CancellationTokenSource source = new();
        Task<int> reading = pty.Master.ReadAsync(new byte[8], source.Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);

        await using Stream slave = SerialLine.Open(new ModbusRtuEndpoint(pty.SlavePath, 9600, SerialParity.None, 1, 1));
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)]; // raw: no byte means anything to the terminal
        await slave.WriteAsync(all, TestContext.Current.CancellationToken);
        byte[] came = new byte[256];
        await pty.Master.ReadExactlyAsync(came, TestContext.Current.CancellationToken);
        Assert.Equal(all, came);
    }

    [Fact]
    public async Task What_nobody_reads_is_lost_and_blocks_nobody()
    {
        await using PseudoTerminal pty = new();
        for (int i = 0; i < 3; i++) await pty.Master.WriteAsync(new byte[20_000], TestContext.Current.CancellationToken);
    }
}
