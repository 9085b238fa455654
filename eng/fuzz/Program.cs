// Fuzzes what reads from wires, devices and files, by seeds: whatever comes, it ends, in time, in a result or an exception of ours.
// Usage: dotnet run -c Release --project eng/fuzz -- frames|maps|profiles|families COUNT [--seed S] [--only N] [--threads T]
//   frames    bytes in chunks through the framers, the server's scanner and its responder
//   maps      SunSpec maps of noise, of near-valid chains, of mutated devices and of devices behind a faulty wire, through the reader
//   profiles  mutated profile files through the reader of profiles
//   families  mutated devices of every family, and such behind a faulty wire, through the profiles' reader
// A finding ends it with exit code 1 and the case that shows it again: --seed S --only N.
using System.Globalization;
using Flip.Edge.Fuzz;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Dictionary<string, Func<IFuzzer>> kinds = new()
{
    ["frames"] = () => new FrameFuzzer(),
    ["maps"] = () => new MapFuzzer(),
    ["profiles"] = () => new ProfileFuzzer(),
    ["families"] = () => new FamilyFuzzer(),
};
if (args.Length < 2 || !kinds.TryGetValue(args[0], out Func<IFuzzer>? kind) || !long.TryParse(args[1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out long count))
{
    await Console.Error.WriteLineAsync("usage: frames|maps|profiles|families COUNT [--seed S] [--only N] [--threads T]");
    return 2;
}

long Option(string name, long otherwise) =>
    Array.IndexOf(args, name) is >= 0 and int at && at + 1 < args.Length ? long.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;

FuzzRun run = new(kind, count, (ulong)Option("--seed", 1), (int)Option("--threads", Environment.ProcessorCount));
return Option("--only", -1) is >= 0 and long only ? run.Only(only) : run.All(args[0]);
