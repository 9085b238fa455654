using Flip.Edge.Configuration;

namespace Flip.Edge.Tests.Configuration;

public sealed class ConfigurationStateTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_used_as_it_was_read_needs_no_sentence() => Assert.Null(ConfigurationState.Used.Sentence);

    [Fact]
    public void A_refusal_names_the_first_error_the_number_of_the_others_and_what_to_do() => Assert.Equal(
        "the configuration has errors, and the one before is used: Mqtt:Prot: is no known key; did you mean Mqtt:Port?, and 2 more. "
        + "flip-edge config check names them all; mend them and run flip-edge reload",
        Refused("is no known key; did you mean Mqtt:Port?", "b", "c").Sentence);

    [Fact]
    public void A_refusal_for_one_error_counts_no_others() => Assert.DoesNotContain(" more", Refused("is no known key").Sentence!, StringComparison.Ordinal);

    [Fact]
    public void An_error_that_lists_everything_that_would_be_right_is_cut_so_that_what_to_do_is_seen_in_one_line()
    {
        string sentence = Refused(new string('x', 1000)).Sentence!;

        Assert.Contains("xxx…. flip-edge config check", sentence, StringComparison.Ordinal);
        Assert.InRange(sentence.Length, 200, 350);
    }

    [Fact]
    public void Sections_that_wait_for_a_restart_are_named() => Assert.Equal(
        "changed in the configuration, and used only after a restart of the service: Mqtt, Led", new ConfigurationState(null, ["Mqtt", "Led"]).Sentence);

    [Fact]
    public void A_refusal_comes_before_a_restart() => Assert.StartsWith(
        "the configuration has errors", (Refused("wrong") with { NeedRestart = ["Mqtt"] }).Sentence, StringComparison.Ordinal);

    [Fact]
    public void What_everybody_may_read_names_a_key_and_quotes_nothing_of_the_file()
    {
        Assert.Equal(
            "the configuration has errors (2, the first at Mqtt:Prot), and the one before is used: flip-edge config check names them; mend them and run flip-edge reload",
            Refused("is \"hunter2\", and has to be a number", "b").Brief);
        Assert.Contains("the first in the file itself", new ConfigurationState(new(At, FirstErrors.Of([new("", "the file is no JSON: hunter2")])), []).Brief, StringComparison.Ordinal);
        Assert.Equal(new ConfigurationState(null, ["Mqtt"]).Sentence, new ConfigurationState(null, ["Mqtt"]).Brief);
    }

    private static ConfigurationState Refused(params string[] sentences) =>
        new(new(At, FirstErrors.Of([.. sentences.Select(sentence => new ConfigurationError("Mqtt:Prot", sentence))])), []);
}
