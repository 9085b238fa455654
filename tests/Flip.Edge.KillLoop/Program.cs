using System.CommandLine;
using Flip.Edge.KillLoop;

ParseResult parsed = KillLoopCommand.Create().Parse(args);
int exitCode = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? KillLoopCommand.Unusable : exitCode;
