namespace Flip.Edge.Enrollment;

/// <summary>
/// Hands the enrollment over to whoever works with it. Telemetry starts with the first snapshot, whatever its enrollment says;
/// commands are carried out only while the enrollment is live.
/// </summary>
public interface IEnrollmentFeed
{
    /// <summary>The newest state, or null before the site is commissioned.</summary>
    public EnrollmentSnapshot? Latest { get; }

    /// <summary>
    /// Every state after <paramref name="afterVersion"/>, in order and without a gap, those recorded before this process started
    /// included, and then each later one as it comes. Each subscriber goes at its own pace; a slow one holds nobody up.
    /// </summary>
    /// <param name="afterVersion">
    /// The last version that the subscriber is done with, which it keeps itself; 0 for all there is. Null starts with the newest.
    /// </param>
    /// <param name="cancellationToken">Ends the subscription.</param>
    public IAsyncEnumerable<EnrollmentSnapshot> SubscribeAsync(long? afterVersion, CancellationToken cancellationToken);
}
