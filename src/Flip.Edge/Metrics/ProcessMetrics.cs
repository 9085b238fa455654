using Flip.Edge.Logs;

namespace Flip.Edge.Metrics;

/// <summary>
/// The process itself, under the names that every Prometheus client gives it (prometheus.io/docs/instrumenting/writing_clientlibs), from
/// <c>/proc/self</c>, which the unit's <c>ProcSubset=pid</c> leaves open.
/// </summary>
internal sealed class ProcessMetrics(RecentLog log, TimeProvider time, string proc) : IMetricSource
{
    private readonly long _started = time.GetTimestamp();

    public ProcessMetrics(RecentLog log, TimeProvider time)
        : this(log, time, "/proc/self")
    {
    }

    public void Write(MetricSet set)
    {
        TimeSpan uptime = time.GetElapsedTime(_started);
        set.Gauge("flip_edge_uptime_seconds", "Time since the daemon started, by a clock that is never set.").Add(Math.Round(uptime.TotalSeconds, 3));
        set.Counter("flip_edge_log_lines_total", "Warnings and errors that were logged.").Add(log.Warnings, ("level", "warning")).Add(log.Errors, ("level", "error"));
        Optional(set.Counter("flip_edge_disk_written_bytes_total", "Bytes that this process had written to a disk, what became of them in the cache included."), Number("io", "write_bytes:"));
        set.Counter("process_cpu_seconds_total", "Time that the process kept a core busy.").Add(Math.Round(Environment.CpuUsage.TotalTime.TotalSeconds, 3));
        set.Gauge("process_start_time_seconds", "When the process started, as Unix time, by the clock as it is now.")
            .Add(Math.Round((time.GetUtcNow() - uptime - DateTimeOffset.UnixEpoch).TotalSeconds, 3));
        Optional(set.Gauge("process_resident_memory_bytes", "Memory in use."), Number("status", "VmRSS:") * 1024);
        Optional(set.Gauge("process_virtual_memory_bytes", "Addresses in use."), Number("status", "VmSize:") * 1024);
        set.Gauge("process_heap_bytes", "Memory of the garbage collector's heap.").Add(GC.GetTotalMemory(forceFullCollection: false));
        Optional(set.Gauge("process_threads", "Threads."), Number("status", "Threads:"));
        Optional(set.Gauge("process_open_fds", "Open files and sockets."), Count("fd"));
    }

    private static void Optional(MetricFamily family, long? value)
    {
        if (value is { } known) family.Add(known);
    }

    private long? Number(string file, string name)
    {
        try
        {
            foreach (string line in File.ReadLines(Path.Combine(proc, file)))
            {
                if (!line.StartsWith(name, StringComparison.Ordinal)) continue;
                string digits = new([.. line.AsSpan(name.Length).Trim().ToString().TakeWhile(char.IsAsciiDigit)]);
                return long.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
            }

            return null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // A kernel without it, or a sandbox that hides it: the sample is left out.
            return null;
        }
    }

    private long? Count(string directory)
    {
        try
        {
            // Without the one that lists them.
            return Directory.EnumerateFileSystemEntries(Path.Combine(proc, directory)).LongCount() - 1;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
