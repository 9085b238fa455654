using System.Runtime.CompilerServices;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.DevicesDoc;

// Writes docs/devices.md of the template and the profiles; with --check it only says whether the file is what it would write.
string root = Path.GetFullPath(Path.Combine(Here(), "../.."));
string target = Path.Combine(root, "docs/devices.md");
string text = DevicesDocument.Of(File.ReadAllText(Path.Combine(root, DevicesDocument.Template)), ProfileCatalog.Embedded);
if (args is ["--check"])
{
    if (File.ReadAllText(target) == text) return 0;
    await Console.Error.WriteLineAsync("docs/devices.md is not what the profiles make: dotnet run --project eng/devices-doc");
    return 1;
}

await File.WriteAllTextAsync(target, text);
return 0;

static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
