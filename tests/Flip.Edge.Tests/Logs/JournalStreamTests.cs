using Flip.Edge.Logs;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Logs;

public sealed class JournalStreamTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public void Standard_error_is_the_journal_where_it_is_the_stream_that_systemd_names()
    {
        File.CreateSymbolicLink(_directory.File("2"), "socket:[4711]");

        Assert.True(JournalStream.IsStandardError("9:4711", _directory.File("2")));
    }

    [Theory]
    [InlineData("socket:[4711]", null)]
    [InlineData("socket:[4711]", "")]
    [InlineData("socket:[4711]", "9:")]
    [InlineData("socket:[4711]", "9:471")]
    [InlineData("socket:[4711]", "4711")]
    [InlineData("pipe:[4711]", "9:4711")]
    [InlineData("/tmp/4711", "9:4711")]
    public void Standard_error_that_was_sent_elsewhere_is_not_taken_for_the_journal_because_the_variable_is_inherited(string target, string? variable)
    {
        File.CreateSymbolicLink(_directory.File("2"), target);

        Assert.False(JournalStream.IsStandardError(variable, _directory.File("2")));
    }

    [Fact]
    public void Without_proc_it_is_not_the_journal() => Assert.False(JournalStream.IsStandardError("9:4711", _directory.File("2")));

    public void Dispose() => _directory.Dispose();
}
