using Flip.Edge.Devices.Profiles;
using Flip.Edge.DevicesDoc;
using Flip.Edge.Engineering;

// Writes docs/devices.md of the template and the profiles; with --check it only says whether the file is what it would write.
string root = Repository.Root;
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
