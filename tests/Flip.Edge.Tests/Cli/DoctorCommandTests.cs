using System.CommandLine;
using System.Formats.Tar;
using System.IO.Compression;
using Flip.Edge.Cli;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Cli;

/// <summary>Where the bundle goes, and where it can't.</summary>
public sealed class DoctorCommandTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly StringWriter _output = new(), _errors = new();

    [Fact]
    public async Task On_a_full_disk_it_says_so_and_leaves_no_part_of_a_bundle()
    {
        using TinyDisk disk = new();
        disk.Fill();

        Assert.Equal(ExitCodes.Failed, await RunAsync(Path.Combine(disk.Path, "bundle.tar.gz")));

        Assert.Equal(["ballast"], Directory.GetFileSystemEntries(disk.Path).Select(Path.GetFileName));
        Assert.Contains("bundle.tar.gz can't be written, and there is no bundle: No space left on device", _errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Made ", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_read_only_disk_it_says_so_before_anybody_waits()
    {
        using TinyDisk disk = new();
        disk.SetReadOnly(true);

        Assert.Equal(ExitCodes.Failed, await RunAsync(Path.Combine(disk.Path, "bundle.tar.gz")));

        Assert.Contains("Read-only file system", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("--output", _errors.ToString(), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task A_directory_and_what_is_in_no_directory_are_refused()
    {
        Assert.Equal(ExitCodes.Usage, await RunAsync(_directory.Path));
        Assert.Contains($"{_directory.Path} is a directory: name the file to make with --output, as in {_directory.Path}/flip-edge.tar.gz", _errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, await RunAsync(_directory.File("nowhere/bundle.tar.gz")));
        Assert.Contains($"there is no directory {_directory.File("nowhere")}", _errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, await RunAsync(_directory.File("nowhere/")));
        Assert.Equal(ExitCodes.Usage, await RunAsync(""));
        Assert.Contains("--output is empty", _errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(["flip-edge.json"], Directory.GetFileSystemEntries(_directory.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_is_written_through_a_link(bool isThere)
    {
        string target = _directory.File("target"), link = _directory.File("bundle.tar.gz");
        if (isThere) File.WriteAllText(target, "somebody's");
        File.CreateSymbolicLink(link, target);

        Assert.Equal(ExitCodes.Usage, await RunAsync(link));

        Assert.Contains($"{link} is a link to {target}, and is left alone", _errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(isThere, File.Exists(target));
        if (isThere) Assert.Equal("somebody's", File.ReadAllText(target));
    }

    [Fact]
    public async Task Broken_off_the_bundle_holds_what_came_until_then()
    {
        using CancellationTokenSource ctrlC = new();
        await using EndingWriter output = new(ctrlC);
        string path = _directory.File("bundle.tar.gz");

        Assert.Equal(ExitCodes.Interrupted, await RunAsync(path, output, ctrlC.Token));

        Assert.Contains("not whole", _errors.ToString(), StringComparison.Ordinal);
        using TarReader tar = new(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        Assert.Equal("bundle/configuration.json", tar.GetNextEntry()?.Name);
        Assert.Null(tar.GetNextEntry());
    }

    /// <summary>The attacker's finding: a stack trace, and a file of no bytes.</summary>
    [Fact]
    public async Task A_file_may_have_a_longer_name_than_an_archives_directory()
    {
        string path = _directory.File(new string('d', 200) + ".tar.gz");

        Assert.Equal(ExitCodes.Done, await RunAsync(path));

        using TarReader tar = new(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        Assert.StartsWith("flip-edge-doctor/", tar.GetNextEntry()?.Name, StringComparison.Ordinal);
    }

    private Task<int> RunAsync(string path) => RunAsync(path, _output, TestContext.Current.CancellationToken);

    private Task<int> RunAsync(string path, TextWriter output, CancellationToken end)
    {
        string config = _directory.Write("flip-edge.json", $$"""{ "Gateway": { "DataDirectory": "{{_directory.Path}}" }, "Local": { "Socket": "{{_directory.File("edge.sock")}}" } }""");
        return EdgeCommandLine.Create().Parse(["doctor", "--config", config, "--output", path])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = _errors }, end);
    }

    /// <summary>A person who presses Ctrl-C when the first line is there.</summary>
    private sealed class EndingWriter(CancellationTokenSource ctrlC) : StringWriter
    {
        public override Task WriteLineAsync(string? value) => ctrlC.CancelAsync();
    }

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
        _directory.Dispose();
    }
}
