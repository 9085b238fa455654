namespace Flip.Edge.Doctor;

/// <summary>One part of the bundle.</summary>
/// <param name="File">Its name in the bundle.</param>
/// <param name="What">What it is, for the person who waits.</param>
/// <param name="Collect">Gets it. What it throws becomes the part.</param>
internal sealed record DoctorPart(string File, string What, Func<CancellationToken, Task<byte[]>> Collect)
{
    /// <summary>How long it may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether it holds this program's words and the machine's alone, and quotes nobody.</summary>
    public bool IsOwnText { get; init; }

    public static DoctorPart Text(string file, string what, Func<CancellationToken, Task<string>> collect) =>
        new(file, what, async cancellationToken => System.Text.Encoding.UTF8.GetBytes(await collect(cancellationToken)));
}

/// <summary>A part that can't be had, and why: a sentence.</summary>
internal sealed class PartUnavailableException(string message) : Exception(message);
