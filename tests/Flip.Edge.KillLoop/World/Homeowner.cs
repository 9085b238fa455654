namespace Flip.Edge.KillLoop.World;

/// <summary>Whose site a seed commissions; made up, and different for each seed, so that it can be searched for.</summary>
internal sealed record Homeowner(int Seed)
{
    public string FirstName { get; } = $"Wilhelmina{Seed:D6}";

    public string LastName { get; } = $"Kowalczyk{Seed:D6}";

    public string Email { get; } = $"wk{Seed:D6}@example.com";

    public string StreetAddress { get; } = $"{Seed:D6} Privacy Street";

    /// <summary>What must be in no file and no log once the site is commissioned.</summary>
    public IReadOnlyList<string> Secrets => [FirstName, LastName, Email, StreetAddress];
}
