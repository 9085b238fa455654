using Flip.Edge.Leds;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Leds;

public sealed class LedTroubleTests
{
    [Fact]
    public void A_LED_that_belongs_to_root_is_told_with_what_gives_it_to_us()
    {
        using FakeLed led = new();
        File.SetUnixFileMode(led.In("brightness"), UnixFileMode.UserRead);
        File.SetUnixFileMode(led.Root, (UnixFileMode)Convert.ToInt32("755", 8));
        Exception refused;
        using (new AnotherUser()) refused = Assert.ThrowsAny<UnauthorizedAccessException>(() => led.Files.Shine(true));

        Assert.Equal($"Access to the path '{led.In("brightness")}' is denied: a udev rule has to give the LED's files to the service's group, and the unit must not hide them; /usr/share/doc/flip-edge/button.md has both",
            LedTrouble.Sentence(refused, led.Files));
    }

    [Fact]
    public void A_LED_that_the_sandbox_makes_read_only_is_told_with_the_line_that_opens_it()
    {
        using TinyDisk disk = new();
        Directory.CreateDirectory(Path.Combine(disk.Path, FakeLed.Name));
        File.WriteAllText(Path.Combine(disk.Path, FakeLed.Name, "brightness"), "0");
        disk.SetReadOnly(true);
        LedFiles led = new(disk.Path, FakeLed.Name);

        Exception refused = Assert.ThrowsAny<IOException>(() => led.Shine(true));

        Assert.Contains($"a drop-in with ReadWritePaths=-{disk.Path}/green:status opens it", LedTrouble.Sentence(refused, led), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_left_in_a_directory_that_is_no_LED()
    {
        using FakeLed led = new();
        File.Delete(led.In("brightness"));

        Assert.ThrowsAny<IOException>(() => led.Files.Shine(true));
        Assert.False(File.Exists(led.In("brightness")));
    }
}
