using Flip.Edge.Devices.Profiles;
using Flip.Edge.DevicesDoc;
using Flip.Edge.Engineering;

namespace Flip.Edge.Devices.Tests.Profiles.Files;

public sealed class DevicesDocumentTests
{
    [Fact]
    public void The_document_of_devices_is_what_the_profiles_make()
    {
        string made = DevicesDocument.Of(File.ReadAllText(Path.Combine(Repository.Root, DevicesDocument.Template)), ProfileCatalog.Embedded);

        // The line that differs says more than two long texts.
        string[] there = File.ReadAllLines(Path.Combine(Repository.Root, "docs/devices.md"));
        string[] wanted = made.TrimEnd('\n').Split('\n');
        int differing = Enumerable.Range(0, Math.Max(there.Length, wanted.Length)).FirstOrDefault(i => there.ElementAtOrDefault(i) != wanted.ElementAtOrDefault(i), -1);
        Assert.True(differing < 0, $"docs/devices.md, line {differing + 1}, is not what the profiles make: dotnet run --project eng/devices-doc");
    }

    [Fact]
    public void Every_family_stands_in_it()
    {
        string document = File.ReadAllText(Path.Combine(Repository.Root, "docs/devices.md"));

        Assert.All(ProfileCatalog.Embedded.Names, name => Assert.Contains(name, document, StringComparison.Ordinal));
    }

    [Fact]
    public void A_template_without_its_marks_is_an_error()
    {
        Assert.Throws<InvalidDataException>(() => DevicesDocument.Of("# Devices", ProfileCatalog.Embedded));
    }
}
