using System.Diagnostics;
using Flip.Edge.Engineering;
using Flip.Edge.SystemTests.Support;

namespace Flip.Edge.SystemTests;

/// <summary>The completions that the package installs, in the shells that they are for: each asks the daemon's own command line.</summary>
public sealed class CompletionTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "deploy/completion");

    public static TheoryData<string, string[]> Lines => new()
    {
        { "flip-edge sc", ["scan"] },
        { "flip-edge pro", ["probe", "profiles"] },
        { "flip-edge scan ", ["--help", "rtu", "tcp"] },
        { "flip-edge config check --", ["--config", "--help", "--set"] },
        { "flip-edge probe tcp://inverter.lan --profile sunsp", ["sunspec"] },
        { "flip-edge profiles show sungrow", ["sungrow-sh"] },
        { "flip-edge scan rtu /dev/ttyUSB0 --parity ", ["even", "none", "odd"] },
        { "flip-edge scan rtu /dev/ttyUSB0 --parity none,e", ["none,even"] },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Bash_completes_commands_options_and_values(string line, string[] expected)
    {
        Assert.Equal(expected, await AskBashAsync(line));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Zsh_completes_commands_options_and_values(string line, string[] expected)
    {
        Assert.Equal(expected, await AskZshAsync(line));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Fish_completes_commands_options_and_values(string line, string[] expected)
    {
        Assert.Equal(expected, await AskFishAsync(line));
    }

    [Fact]
    public async Task Where_a_file_is_meant_the_shells_complete_files()
    {
        const string Line = "flip-edge run --config /etc/host";

        Assert.Empty(await AskBashAsync(Line));
        Assert.Contains("complete -o bashdefault -o default -F _flip_edge flip-edge", await BashAsync($"source '{Folder}/flip-edge'; complete -p flip-edge"));
        Assert.Equal(["files"], await AskZshAsync(Line));
        Assert.Contains("/etc/hostname", await AskFishAsync(Line));
    }

    // As bash calls a completion function: the line and the cursor in COMP_LINE and COMP_POINT, its words in COMP_WORDS.
    private static Task<string[]> AskBashAsync(string line) => BashAsync($$"""
        source '{{Folder}}/flip-edge'
        COMP_LINE='{{line}}' COMP_POINT={{line.Length}} COMP_WORDS=({{Words(line)}}) COMP_CWORD={{line.Split(' ').Length - 1}}
        _flip_edge flip-edge
        for word in "${COMPREPLY[@]}"; do echo "$word"; done
        """);

    private static Task<string[]> BashAsync(string script) => RunAsync("bash", "--norc", "-c", script);

    // compadd and _files are zsh's own, and only there while a person types; compadd takes what begins with the word under the cursor.
    private static Task<string[]> AskZshAsync(string line) => RunAsync("zsh", "-f", "-c", $$"""
        compadd() { print -l -- ${(M)suggested:#${words[CURRENT]}*} }
        _files() { print files }
        complete_it() { source '{{Folder}}/_flip-edge' }
        words=({{Words(line)}}) CURRENT={{line.Split(' ').Length}}
        complete_it
        """);

    private static Task<string[]> AskFishAsync(string line) => RunAsync("fish", "--no-config", "-c", $"source '{Folder}/flip-edge.fish'; complete -C '{line}'");

    private static string Words(string line) => line.EndsWith(' ') ? $"{line}''" : line;

    private static async Task<string[]> RunAsync(string shell, params string[] arguments)
    {
        ProcessStartInfo edge = EdgeCommand.Start();
        ProcessStartInfo start = new(Part.Shell(shell), arguments);
        foreach ((string name, string? value) in edge.Environment) start.Environment[name] = value;
        start.Environment["PATH"] = $"{Path.GetDirectoryName(edge.FileName)}:{edge.Environment["PATH"]}";
        await using RunningProcess running = RunningProcess.Start(start);
        Assert.True(await running.ExitedAsync() == 0, running.Story);

        // fish tells a description after a tab.
        return [.. running.OutputLines.Select(line => line.Split('\t')[0]).Where(line => line.Length > 0).Order(StringComparer.Ordinal)];
    }
}
