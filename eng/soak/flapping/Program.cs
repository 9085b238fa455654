// The daemon against a device and a broker that go away and come back in four ways: its memory, threads and handles have to stay flat.
//   dotnet run -c Release --project eng/soak/flapping                                    24 simulated hours, about ten minutes
//   dotnet run -c Release --project eng/soak/flapping -- --hours 2                       the short form of CI
//   dotnet run -c Release --project eng/soak/flapping -- --daemon FILE --minutes 10      the native binary, in real time
// Exit code 1 when something grows, 2 when nothing could be run. docs/operations.md says what is honest about the simulated hours.
using System.CommandLine;
using Flip.Edge.Flapping;

ParseResult parsed = FlappingCommand.Create().Parse(args);
int exitCode = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? FlappingCommand.Unusable : exitCode;
