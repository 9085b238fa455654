using System.Globalization;

namespace Flip.Edge.Supervision;

/// <summary>
/// What the kernel tells of this process's threads (proc(5)): name, state, where each waits in the kernel, and in which call. A stack of
/// managed code is not to be had of another thread; a core with the debug symbols has it.
/// </summary>
internal static class ThreadStates
{
    private const int MostLines = 40;

    /// <summary>One line for each kind of thread, those that the kernel holds (state D) first.</summary>
    /// <exception cref="IOException"><c>/proc</c> can't be read.</exception>
    public static IReadOnlyList<string> Now() =>
    [
        .. Directory.EnumerateDirectories("/proc/self/task").Select(Of).OfType<Kind>().GroupBy(kind => kind with { Id = "" })
            .OrderBy(same => same.Key.State == "D" ? 0 : 1).ThenBy(same => same.Key.Name, StringComparer.Ordinal).Take(MostLines)
            .Select(same => $"{string.Join(", ", same.Select(thread => thread.Id))} {same.Key}"),
    ];

    private static Kind? Of(string directory)
    {
        // A thread may end between the list and the look.
        string? stat = Read(directory, "stat");
        if (stat is null) return null;
        // The name may hold anything, a bracket too: the last one ends it.
        string name = stat[(stat.IndexOf('(', StringComparison.Ordinal) + 1)..stat.LastIndexOf(')')];
        string state = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[0];
        string wait = Read(directory, "wchan") is { Length: > 1 } function ? function : "";
        return new(Path.GetFileName(directory), name, state, wait, SystemCall.Describe(Read(directory, "syscall") ?? ""));
    }

    private static string? Read(string directory, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(directory, file)).Trim();
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed record Kind(string Id, string Name, string State, string Wait, string Call)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"({Name}) state {State}{(Wait.Length > 0 ? $", waits in {Wait}" : "")}{(Call.Length > 0 ? $", {Call}" : "")}");
    }
}
