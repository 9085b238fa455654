namespace Flip.Edge.Cloud;

/// <summary>An answer of Flip's, or why there is none.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public abstract record FlipAnswer<T>
{
    private FlipAnswer()
    {
    }

    /// <summary>Flip answered.</summary>
    /// <param name="Value">The answer.</param>
    public sealed record Given(T Value) : FlipAnswer<T>;

    /// <summary>Flip did not answer, or not with what was asked for.</summary>
    /// <param name="Why">Any outcome but <see cref="CommissionOutcome.Commissioned"/>.</param>
    public sealed record Failed(CommissionOutcome Why) : FlipAnswer<T>;
}
