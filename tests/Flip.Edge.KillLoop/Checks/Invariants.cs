using Flip.Edge.Simulator.Cloud;

namespace Flip.Edge.KillLoop.Checks;

/// <summary>What has to hold at every moment, over all starts: looked at with each status that the daemon tells.</summary>
internal sealed class Invariants(MockLedger ledger)
{
    private readonly List<string> _broken = [];
    private string? _digest;

    /// <summary>Whether the button's 202 was seen: from then on the trigger may never be lost.</summary>
    public bool IsAccepted { get; private set; }

    /// <summary>Whether the daemon has ever said that it is commissioned.</summary>
    public bool IsCommissioned { get; private set; }

    public IReadOnlyList<string> Broken => _broken;

    public void Accepted() => IsAccepted = true;

    public void Look(CommissioningSeen seen)
    {
        if (seen.IsCommissioned && ledger.Sites.Count == 0) Break("it claims to be commissioned, and the cloud has no site");
        if (IsAccepted && !seen.IsRequested && !seen.IsCommissioned) Break($"the trigger is lost: accepted before, and now {seen}");
        if (IsCommissioned && !seen.IsCommissioned) Break($"it was commissioned, and now is {seen}");
        if (_digest is not null && seen.RequestSha256 is { } other && other != _digest) Break($"two different bodies: {_digest}, and then {other}");
        _digest ??= seen.RequestSha256;
        IsCommissioned |= seen.IsCommissioned;
    }

    private void Break(string sentence)
    {
        if (!_broken.Contains(sentence)) _broken.Add(sentence);
    }
}
