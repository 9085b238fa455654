using System.Text.RegularExpressions;

namespace Flip.Edge.SystemTests.Support;

/// <summary>Two serial ports with a cable between them, made by socat.</summary>
internal sealed partial class PtyPair : IAsyncDisposable
{
    private readonly RunningProcess _socat;

    private PtyPair(RunningProcess socat, string one, string other) => (_socat, One, Other) = (socat, one, other);

    public string One { get; }

    public string Other { get; }

    public static async Task<PtyPair> StartAsync()
    {
        RunningProcess socat = RunningProcess.Start(Part.Socat, "-d", "-d", "pty,raw,echo=0", "pty,raw,echo=0");
        await socat.WaitForAsync("starting data transfer loop");
        string[] ends = [.. PtyName().Matches(socat.Error).Select(match => match.Groups[1].Value)];
        return new(socat, ends[0], ends[1]);
    }

    public ValueTask DisposeAsync() => _socat.DisposeAsync();

    [GeneratedRegex(@"PTY is (\S+)")]
    private static partial Regex PtyName();
}
