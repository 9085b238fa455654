namespace Flip.Edge.Configuration;

internal static class CommissioningSection
{
    public static CommissioningSettings Read(SectionReader section)
    {
        TriggerMode trigger = section.Choice("Trigger", TriggerMode.Manual);
        bool enroll = section.Flag("CanAutoEnroll", otherwise: false);
        SectionReader retry = section.Section("Retry");
        TimeSpan first = retry.Duration("BaseDelay", TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(15));
        TimeSpan most = retry.Duration("MaxDelay", TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(1), TimeSpan.FromHours(24));
        if (most < first) retry.Fail("MaxDelay", $"is {DurationText.Of(most)}, and can't be shorter than BaseDelay, {DurationText.Of(first)}");
        retry.Close();
        section.Close();
        return new(trigger, enroll, new(first, most));
    }
}
