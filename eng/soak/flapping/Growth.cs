namespace Flip.Edge.Flapping;

/// <summary>Whether a row of counts grows: by the straight line through them (least squares), over the time that they cover.</summary>
internal static class Growth
{
    /// <returns>By how much the line rises from the first count to the last.</returns>
    public static double Of(IReadOnlyList<(TimeSpan At, double Value)> counts)
    {
        if (counts.Count < 2) return 0;
        double meanAt = counts.Average(count => count.At.TotalSeconds), mean = counts.Average(count => count.Value);
        double slope = counts.Sum(count => (count.At.TotalSeconds - meanAt) * (count.Value - mean)) / counts.Sum(count => Math.Pow(count.At.TotalSeconds - meanAt, 2));
        return slope * (counts[^1].At - counts[0].At).TotalSeconds;
    }
}
