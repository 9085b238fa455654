using Flip.Edge.Simulator.Demo;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Simulator.Tests.Demo;

public class StoryTests
{
    [Fact]
    public void Each_sentence_has_the_seconds_since_the_beginning_and_its_details_are_indented()
    {
        var time = new FakeTimeProvider();
        using var text = new StringWriter { NewLine = "\n" };
        var story = new Story(text, time);
        story.Tell("It begins.");
        time.Advance(TimeSpan.FromMilliseconds(12_340));
        story.Tell("Something happens:", "one\ntwo", "three");
        Assert.Equal(
            "   0.00 s  It begins.\n  12.34 s  Something happens:\n            one\n            two\n            three\n", text.ToString());
    }
}
