using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Engineering;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Simulator.Devices.Families;

namespace Flip.Edge.Devices.Tests.Families;

/// <summary>
/// What comes of every simulated device of a family, as a text in <c>Golden</c> that a person has compared with what the simulator put in.
/// FLIPEDGE_UPDATE_GOLDEN=1 writes the texts anew.
/// </summary>
public sealed class FamilyGoldenTests
{
    public static TheoryData<string> Images => [.. FamilyImages.All.Select(image => image.Name)];

    [Theory]
    [MemberData(nameof(Images))]
    public async Task A_device_of_the_family_is_read_as_its_golden_text_says(string name)
    {
        DeviceImage image = FamilyReading.Image(name);
        string tcp = await ReadAsync(image, DeviceWire.Tcp), rtu = await ReadAsync(image, DeviceWire.Rtu);
        string text = $"# {image.Description}\n\n## over TCP\n\n{tcp}\n## over a serial line\n\n{Difference(tcp, rtu)}";
        string path = Path.Combine(Folder(), $"{name}.txt");
        if (Environment.GetEnvironmentVariable("FLIPEDGE_UPDATE_GOLDEN") == "1") await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);

        Assert.True(File.Exists(path), $"{path} is missing; make it with FLIPEDGE_UPDATE_GOLDEN=1 and compare it with the simulated device");
        Assert.Equal(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), text, ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Every_profile_that_reads_registers_has_a_simulated_device()
    {
        HashSet<string> played = [.. FamilyImages.All.Select(image => image.Profile).OfType<string>()];

        // Plain SunSpec is read from images of its own, in SunSpecNameplateReaderTests.
        string[] unplayed = [.. ProfileCatalog.Embedded.Names.Where(name => name != "sunspec" && FamilyReading.Profile(name).Map != ProfileMap.None).Except(played)];
        Assert.Empty(unplayed);
    }

    [Fact]
    public void Every_golden_text_belongs_to_a_simulated_device()
    {
        string[] orphans = [.. Directory.EnumerateFiles(Folder(), "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)).Except(FamilyImages.All.Select(image => image.Name))];
        Assert.Empty(orphans);
    }

    private static async Task<string> ReadAsync(DeviceImage image, DeviceWire wire)
    {
        try
        {
            NameplateReading reading = await FamilyReading.ReadAsync(image, wire);
            return $"{NameplateText.Of(reading)}\n{reading.Transactions} transactions, both readings together\n{NameplateText.Reads(reading)}";
        }
        catch (Exception unreadable) when (unreadable is DeviceNotReadableException or ModbusException)
        {
            return $"can't be read: {unreadable.Message}\n";
        }
    }

    // What differs between the wires is the plan of the reads, and how the absence of a unit sounds.
    private static string Difference(string tcp, string rtu)
    {
        HashSet<string> known = [.. tcp.Split('\n')];
        return string.Join('\n', rtu.Split('\n').Where(line => !known.Contains(line) || line.Contains(" transactions, ", StringComparison.Ordinal)));
    }

    private static string Folder() => Path.Combine(Repository.Root, "tests/Flip.Edge.Devices.Tests/Families/Golden");
}
