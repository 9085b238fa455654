using Xunit.Sdk;

namespace Flip.Edge.SystemTests.Support;

/// <summary>Waits, with an end, for what another process does in its own time.</summary>
internal static class Eventually
{
    /// <summary>Long enough for a machine that does other work beside the tests, and for one whose instructions are emulated. A good run waits for a fraction of it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks until there is an answer.</summary>
    /// <param name="ask">Null means: not yet.</param>
    /// <param name="what">What is waited for, for the message.</param>
    /// <param name="details">What to show when it doesn't come.</param>
    /// <param name="limit">How long to wait; <see cref="Patience"/> unless told.</param>
    public static async Task<T> GetAsync<T>(Func<Task<T?>> ask, string what, Func<string> details, TimeSpan? limit = null)
        where T : class
    {
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await ask() is { } answer) return answer;
            if (TimeProvider.System.GetElapsedTime(began) > (limit ?? Patience))
                throw new XunitException($"Not within {(limit ?? Patience).TotalSeconds} s: {what}.\n{details()}");
            await Task.Delay(Pause, TimeProvider.System, cancelled);
        }
    }

    public static Task TrueAsync(Func<bool> ask, string what, Func<string> details, TimeSpan? limit = null) =>
        TrueAsync(() => Task.FromResult(ask()), what, details, limit);

    public static Task TrueAsync(Func<Task<bool>> ask, string what, Func<string> details, TimeSpan? limit = null) =>
        GetAsync(async () => await ask() ? "yes" : null, what, details, limit);
}
