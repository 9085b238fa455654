using Flip.Edge.Devices.Probing;

namespace Flip.Edge.Cli;

/// <summary>
/// Lines of progress on standard error, as they come. Every question is told when a person watches, or asked for it: a script wants to
/// find nothing there but what went wrong.
/// </summary>
internal sealed class ProgressLines(TextWriter errors, bool isOn) : IProgress<ProbeStep>, IProgress<string>
{
    /// <summary>On for a terminal, or with <c>--verbose</c>.</summary>
    public static ProgressLines For(TextWriter errors, bool isVerbose) => new(errors, isVerbose || !Console.IsErrorRedirected);

    public void Report(ProbeStep value) => Report(value.ToString());

    public void Report(string value)
    {
        if (isOn) errors.WriteLine(value);
    }
}
