namespace Flip.Edge.Configuration;

internal static class EnrollmentSection
{
    // Below this, a fleet is a burden to Flip; above, a homeowner's choice comes too late.
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Most = TimeSpan.FromDays(7);

    public static EnrollmentSettings Read(SectionReader section)
    {
        EnrollmentSettings settings = new(
            section.Duration("FirstRefresh", TimeSpan.FromMinutes(1), Least, Most),
            section.Duration("OpenRefresh", TimeSpan.FromHours(1), Least, Most),
            section.Duration("SettledRefresh", TimeSpan.FromHours(6), Least, Most));
        if (settings.OpenRefresh < settings.FirstRefresh) section.Fail("OpenRefresh", $"is {DurationText.Of(settings.OpenRefresh)}, and can't be shorter than FirstRefresh, {DurationText.Of(settings.FirstRefresh)}");
        if (settings.SettledRefresh < settings.FirstRefresh) section.Fail("SettledRefresh", $"is {DurationText.Of(settings.SettledRefresh)}, and can't be shorter than FirstRefresh, {DurationText.Of(settings.FirstRefresh)}");
        section.Close();
        return settings;
    }
}
