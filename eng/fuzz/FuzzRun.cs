using System.Collections.Concurrent;
using System.Diagnostics;

namespace Flip.Edge.Fuzz;

/// <summary>Runs cases on all cores and reports what came of them. Findings end the run.</summary>
internal sealed class FuzzRun(Func<IFuzzer> kind, long count, ulong seed, int threads)
{
    private const int Batch = 500;
    private const int MostBytesPerCase = 8 * 1024 * 1024;
    private static readonly TimeSpan MostTimePerCase = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, long> _endings = new();
    private readonly ConcurrentQueue<(long Number, string What)> _findings = new();
    private long _next;
    private long _done;
    private long _mostBytes;
    private int _mostTransactions;

    /// <summary>Runs one case again and tells what comes of it.</summary>
    public int Only(long number)
    {
        FuzzOutcome outcome = kind().Run(new(seed, number));
        Console.WriteLine($"case {number} of seed {seed}: {outcome.Ending}, {outcome.Transactions} transactions");
        return 0;
    }

    public int All(string name)
    {
        long before = Memory();
        long began = Stopwatch.GetTimestamp();
        Worker[] workers = [.. Enumerable.Range(0, threads).Select(_ => new Worker())];
        Thread[] running = [.. workers.Select(worker => new Thread(() => Work(worker)) { IsBackground = true })];
        foreach (Thread thread in running) thread.Start();
        while (running.Any(thread => !thread.Join(TimeSpan.FromSeconds(1))))
        {
            if (workers.FirstOrDefault(worker => worker.IsStuck) is { } stuck)
            {
                _findings.Enqueue((stuck.Number, $"it does not end within {MostTimePerCase.TotalSeconds:0} s"));
                break;
            }
        }

        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Console.WriteLine($"{name}: {_done} cases of seed {seed} in {seconds:0.0} s on {threads} threads, {_done / seconds:0} a second");
        foreach ((string ending, long times) in _endings.OrderByDescending(ending => ending.Value)) Console.WriteLine($"  {times,12}  {ending}");
        Console.WriteLine($"most transactions in a case: {_mostTransactions}; most bytes allocated by one: {_mostBytes}");
        Console.WriteLine($"memory in use before {before / 1024} KiB, after {Memory() / 1024} KiB");
        foreach ((long number, string what) in _findings.Take(10)) Console.WriteLine($"FINDING --seed {seed} --only {number}: {what}");
        return _findings.IsEmpty ? 0 : 1;
    }

    private void Work(Worker worker)
    {
        IFuzzer fuzzer = kind();
        while (_findings.IsEmpty && Interlocked.Add(ref _next, Batch) - Batch is var first && first < count)
        {
            for (long number = first; number < Math.Min(first + Batch, count); number++) Run(fuzzer, worker, number);
        }

        worker.End();
    }

    private void Run(IFuzzer fuzzer, Worker worker, long number)
    {
        worker.Begin(number);
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            FuzzOutcome outcome = fuzzer.Run(new(seed, number));
            _endings.AddOrUpdate(outcome.Ending, 1, (_, times) => times + 1);
            Raise(ref _mostTransactions, outcome.Transactions);
        }
#pragma warning disable CA1031 // Any exception that is not an ending is what this looks for; it is reported with its case.
        catch (Exception finding)
#pragma warning restore CA1031
        {
            _findings.Enqueue((number, finding is FindingException ? finding.Message : finding.ToString()));
        }

        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        if (bytes > MostBytesPerCase) _findings.Enqueue((number, $"it allocated {bytes} bytes"));
        long most;
        while (bytes > (most = Interlocked.Read(ref _mostBytes)) && Interlocked.CompareExchange(ref _mostBytes, bytes, most) != most)
        {
            // Another worker raised it in between.
        }

        Interlocked.Increment(ref _done);
    }

    private static void Raise(ref int most, int value)
    {
        int seen;
        while (value > (seen = Volatile.Read(ref most)) && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
            // Another worker raised it in between.
        }
    }

    private static long Memory() => GC.GetTotalMemory(forceFullCollection: true);

    private sealed class Worker
    {
        private long _began;

        public long Number { get; private set; }

        public bool IsStuck => Interlocked.Read(ref _began) is var began && began != 0 && Stopwatch.GetElapsedTime(began) > MostTimePerCase;

        public void Begin(long number)
        {
            Number = number;
            Interlocked.Exchange(ref _began, Stopwatch.GetTimestamp());
        }

        public void End() => Interlocked.Exchange(ref _began, 0);
    }
}
