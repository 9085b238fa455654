using Flip.Edge.Memory;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Memory;

public sealed class IdleMemoryTests : IAsyncLifetime
{
    private readonly WatchedTime _time = new(new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));
    private readonly ChangeSignal _changes = new();
    private readonly IdleMemory _memory;
    private int _times;

    public IdleMemoryTests() => _memory = new(_changes, _time, () => Interlocked.Increment(ref _times));

    public async ValueTask InitializeAsync()
    {
        await _memory.StartAsync(TestContext.Current.CancellationToken);
        await _time.WaitsAsync(IdleMemory.Quiet);
    }

    [Fact]
    public async Task Memory_is_given_back_when_nothing_happened_for_five_seconds()
    {
        _time.Advance(IdleMemory.Quiet);

        await FaultRig.UntilAsync(() => _times == 1);
    }

    [Fact]
    public async Task While_things_happen_nothing_is_collected()
    {
        for (int change = 0; change < 10; change++)
        {
            _time.Advance(IdleMemory.Quiet * 0.9);
            int begun = _time.Begun;
            _changes.Raise();
            await _time.WaitsAsync(IdleMemory.Quiet, since: begun);
        }

        Assert.Equal(0, _times);
        _time.Advance(IdleMemory.Quiet);
        await FaultRig.UntilAsync(() => _times == 1);
    }

    [Fact]
    public async Task A_change_within_the_minute_after_it_waits_for_the_minutes_end()
    {
        _time.Advance(IdleMemory.Quiet);
        await _time.WaitsAsync(IdleMemory.LeastPause);
        int begun = _time.Begun;
        _changes.Raise();
        _time.Advance(IdleMemory.LeastPause * 0.9);
        Assert.Equal(begun, _time.Begun);

        _time.Advance(IdleMemory.LeastPause * 0.2);
        await _time.WaitsAsync(IdleMemory.Quiet, since: begun);
        _time.Advance(IdleMemory.Quiet);
        await FaultRig.UntilAsync(() => _times == 2);
    }

    [Fact]
    public async Task Where_nothing_happens_nothing_is_collected_again()
    {
        _time.Advance(IdleMemory.Quiet);
        await _time.WaitsAsync(IdleMemory.LeastPause);
        int begun = _time.Begun;
        for (int hour = 0; hour < 24; hour++) _time.Advance(TimeSpan.FromHours(1));

        _changes.Raise();
        await _time.WaitsAsync(IdleMemory.Quiet, since: begun);
        Assert.Equal(begun + 1, _time.Begun);
        Assert.Equal(1, _times);
    }

    [Fact]
    public void This_system_can_give_memory_back() => IdleMemory.GiveBack();

    public async ValueTask DisposeAsync()
    {
        await _memory.StopAsync(CancellationToken.None);
        _memory.Dispose();
    }
}
