using Flip.Edge.Logs;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Logs;

public sealed class NoveltyTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void What_flaps_between_two_reasons_is_told_once_in_six_hours()
    {
        Novelty told = new(_time);
        int lines = 0;
        for (int look = 0; look < 24 * 120; look++)
        {
            if (told.IsNews(look % 2 == 0 ? "no answer" : "refused")) lines++;
            _time.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(2 * 4, lines);
    }

    [Fact]
    public void Another_number_in_the_same_sentence_is_no_news()
    {
        Novelty told = new(_time);

        Assert.True(told.IsNews("no reply within 1.2 s"));
        Assert.False(told.IsNews("no reply within 3.75 s"));
    }

    [Fact]
    public void What_was_forgotten_is_news_again()
    {
        Novelty told = new(_time);
        told.IsNews("no answer");
        told.Forget();

        Assert.True(told.IsNews("no answer"));
    }

    [Fact]
    public void Its_memory_is_bounded()
    {
        Novelty told = new(_time);
        for (int i = 0; i < 1000; i++)
        {
            told.IsNews(new string('x', i));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        // The oldest went to make room.
        Assert.True(told.IsNews(""));
        Assert.False(told.IsNews(new string('x', 999)));
    }
}
