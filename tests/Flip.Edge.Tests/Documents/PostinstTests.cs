using System.Diagnostics;
using Flip.Edge.Engineering;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Documents;

/// <summary>deploy/debian/flip-edge.postinst, run by a real shell; the programs that it calls are stand-ins, so that nothing of this machine is touched.</summary>
public sealed class PostinstTests : IDisposable
{
    private readonly TempDirectory _programs = new();

    [Fact]
    public async Task What_config_check_warns_of_is_said_when_the_configuration_is_good()
    {
        (int code, string said) = await ConfigureAsync("echo 'warning: there is no client token: write it to a file' >&2; echo 'The configuration is good'");

        Assert.Equal((0, "flip-edge: warning: there is no client token: write it to a file\n"), (code, said));
    }

    [Fact]
    public async Task A_good_configuration_without_a_warning_is_installed_without_a_word()
    {
        Assert.Equal((0, ""), await ConfigureAsync("echo 'The configuration is good'"));
    }

    [Fact]
    public async Task Errors_are_said_with_what_to_do_and_the_installation_succeeds()
    {
        (int code, string said) = await ConfigureAsync("echo 'Site:Id: is missing' >&2; exit 2");

        Assert.Equal(0, code);
        Assert.Contains("    Site:Id: is missing\n", said, StringComparison.Ordinal);
        Assert.Contains("flip-edge: 3. flip-edge config check && systemctl restart flip-edge\n", said, StringComparison.Ordinal);
    }

    public void Dispose() => _programs.Dispose();

    private async Task<(int Code, string Said)> ConfigureAsync(string check)
    {
        Program("flip-edge", check);
        foreach (string name in (string[])["udevadm", "deb-systemd-invoke"]) Program(name, "exit 0");
        Program("systemctl", "case \"$*\" in *is-active*) exit 3 ;; esac");
        ProcessStartInfo start = new("/bin/sh", [Path.Combine(Repository.Root, "deploy/debian/flip-edge.postinst"), "configure"]) { RedirectStandardError = true };
        start.Environment["PATH"] = $"{_programs.Path}:/usr/bin:/bin";
        start.Environment.Remove("DPKG_ROOT");
        using Process shell = Process.Start(start)!;
        string said = await shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (shell.ExitCode, said);
    }

    private void Program(string name, string body) => File.SetUnixFileMode(
        _programs.Write(name, $"#!/bin/sh\n{body}\n"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
