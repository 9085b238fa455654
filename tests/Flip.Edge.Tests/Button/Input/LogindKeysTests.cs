using Flip.Edge.Button;

namespace Flip.Edge.Tests.Button.Input;

public sealed class LogindKeysTests
{
    [Theory]
    [InlineData("KEY_POWER", "powers the gateway off", "HandlePowerKey=ignore")]
    [InlineData("KEY_POWER2", "powers the gateway off", "HandlePowerKey=ignore")]
    [InlineData("0x198", "reboots the gateway", "HandleRebootKey=ignore")]
    [InlineData("KEY_SLEEP", "suspends the gateway", "HandleSuspendKey=ignore")]
    [InlineData("KEY_SUSPEND", "hibernates the gateway", "HandleHibernateKey=ignore")]
    public void A_key_that_logind_acts_on_is_doubted_with_what_happens_and_what_to_set(string key, string what, string setting)
    {
        string doubt = LogindKeys.Doubt(KeyNames.Parse(key)!.Value)!;

        Assert.Contains(what, doubt, StringComparison.Ordinal);
        Assert.Contains(setting, doubt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("KEY_PROG1")]
    [InlineData("KEY_ENTER")]
    [InlineData("BTN_0")]
    [InlineData("767")]
    public void Any_other_key_is_not(string key) => Assert.Null(LogindKeys.Doubt(KeyNames.Parse(key)!.Value));
}
