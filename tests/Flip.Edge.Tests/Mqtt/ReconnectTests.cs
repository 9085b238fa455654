using Flip.Edge.Soak.MqttReconnects;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Mqtt;

/// <summary>Pitfall 48, in short: <c>eng/soak/mqtt-reconnects</c> does it 10,000 times, and looks at memory too.</summary>
public sealed class ReconnectTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Three_hundred_reconnects_leave_no_handles_and_no_threads_behind(bool isTls)
    {
        await using ReconnectRun run = await ReconnectRun.StartAsync(EdgeUnderTest.Settings(_directory, null), isTls, TestContext.Current.CancellationToken);
        await run.UntilAsync(50, TestContext.Current.CancellationToken);
        Footprint early = Footprint.Now(run.Broker.Accepted);
        await run.UntilAsync(350, TestContext.Current.CancellationToken);
        Footprint late = Footprint.Now(run.Broker.Accepted);

        // Other tests run in this process beside it, and hold some of their own; a leak would be 300.
        Assert.InRange(late.Handles - early.Handles, int.MinValue, 100);
        Assert.InRange(run.Broker.Open, 0, 10);
        Assert.InRange(late.Threads - early.Threads, int.MinValue, 50);
    }

    public void Dispose() => _directory.Dispose();
}
