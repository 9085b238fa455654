namespace Flip.Edge.Button;

/// <summary>Where a button's contact is seen: a key of an input device, or a GPIO line.</summary>
internal interface IButtonSource
{
    /// <summary>What was configured, for the status: <c>input</c> or <c>gpio</c>.</summary>
    public string Name { get; }

    /// <summary>Begins to listen.</summary>
    /// <param name="presses">Told of every change of the contact until the result is disposed.</param>
    /// <param name="remark">Told what came that does nothing, and null once what came is right; on the thread that listens, so it must not wait.</param>
    /// <exception cref="ButtonUnavailableException">There is no such button now; the message says what was found and what to do.</exception>
    public BoundButton Bind(PressRecognition presses, Action<string?> remark);
}

/// <summary>A button that is listened to.</summary>
/// <param name="what">What it is bound to, for a person.</param>
/// <param name="doubts">What looks wrong about it, for a person.</param>
/// <param name="lost">Completes with a sentence when the button is gone; cancelled at the end.</param>
/// <param name="parts">Disposed in turn at the end.</param>
internal sealed class BoundButton(string what, IReadOnlyList<string> doubts, Task<string> lost, params IDisposable[] parts) : IDisposable
{
    public string What => what;

    public IReadOnlyList<string> Doubts => doubts;

    public Task<string> Lost => lost;

    public void Dispose()
    {
        foreach (IDisposable part in parts) part.Dispose();
    }
}

/// <summary>A button can't be bound to, now.</summary>
internal sealed class ButtonUnavailableException(string sentence) : Exception(sentence);
