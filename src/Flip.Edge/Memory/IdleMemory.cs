using System.Runtime.InteropServices;

namespace Flip.Edge.Memory;

/// <summary>
/// Gives memory back once it is quiet. A start, a commission and each refresh over TLS need some megabytes for a moment; the collector,
/// malloc and the mapped code keep them for the next time, which on a gateway is hours away.
/// </summary>
/// <param name="changes">Told when something happened.</param>
/// <param name="time">The clock.</param>
/// <param name="giveBack">Called when it is quiet; <see cref="GiveBack"/>.</param>
internal sealed partial class IdleMemory(ChangeSignal changes, TimeProvider time, Action giveBack) : BackgroundService
{
    /// <summary>Nothing happened for this long: it is quiet.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    /// <summary>A device that comes and goes must not have the whole heap collected each time.</summary>
    public static readonly TimeSpan LeastPause = TimeSpan.FromMinutes(1);

    /// <summary>Collects everything and gives it back to the system: some 5 ms.</summary>
    public static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

        // OpenSSL's and SQLite's, which glibc keeps at the end of each thread's arena (malloc_trim(3)).
        _ = TrimMalloc(0);
        MappedCode.LetGo();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Task next = changes.Next;
        while (true)
        {
            while (await ComesWithinAsync(next, stoppingToken)) next = changes.Next;
            giveBack();
            await Task.Delay(LeastPause, time, stoppingToken);
            await next.WaitAsync(stoppingToken);
            next = changes.Next;
        }
    }

    private async Task<bool> ComesWithinAsync(Task change, CancellationToken stoppingToken)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        Task quiet = Task.Delay(Quiet, time, end.Token);
        bool comes = await Task.WhenAny(change, quiet) == change;
        await end.CancelAsync();
        stoppingToken.ThrowIfCancellationRequested();
        return comes;
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimMalloc(nuint keep);
}
