using Flip.Edge.Storage;

namespace Flip.Edge.Enrollment;

/// <summary>How fresh the newest enrollment is, and what came of the last question.</summary>
/// <param name="CheckedAt">When Flip last confirmed it; null when that is not known.</param>
/// <param name="LastOutcome"><c>unchanged</c>, <c>changed</c>, <c>site_unknown</c>, or what failed; null before the first question.</param>
/// <param name="Reason">Why it is not confirmed, for a person; null when it is.</param>
/// <param name="NextAt">When Flip is asked next, as far as the clock can tell.</param>
internal sealed record EnrollmentCheck(DateTimeOffset? CheckedAt, string? LastOutcome, string? Reason, DateTimeOffset? NextAt);

/// <summary>
/// Keeps the check. It is written down rarely, because flash wears: after a start without a network the age may then be shown as up to
/// six hours more than it is, never as less.
/// </summary>
internal sealed class EnrollmentFreshness(EnrollmentStore store)
{
    private static readonly TimeSpan WrittenEvery = TimeSpan.FromHours(6);
    private DateTimeOffset? _written;
    private volatile EnrollmentCheck _check = new(null, null, null, null);

    public EnrollmentCheck Now => _check;

    public void Load() => _check = _check with { CheckedAt = _written = store.CheckedAt() };

    public void Confirmed(DateTimeOffset now, string outcome)
    {
        _check = new(now, outcome, null, null);
        if (_written is { } written && now - written < WrittenEvery && now >= written) return;
        store.Checked(now);
        _written = now;
    }

    public void Failed(string outcome, string reason) => _check = _check with { LastOutcome = outcome, Reason = reason };

    public void Next(DateTimeOffset at) => _check = _check with { NextAt = at };
}
