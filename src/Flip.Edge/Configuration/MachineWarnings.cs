using Flip.Edge.Button;
using Flip.Edge.Leds;

namespace Flip.Edge.Configuration;

/// <summary>
/// What the machine has not, in the sentences with which the daemon would say so. Only what is certain: a device that is not there may be plugged
/// in later, and what another user may not open may be the right one.
/// </summary>
/// <param name="leds">The directory of the LEDs.</param>
/// <param name="devices">The directory of the GPIO chips.</param>
internal sealed class MachineWarnings(string leds, string devices)
{
    public static MachineWarnings OfThisMachine { get; } = new(LedHosting.Root, "/dev");

    /// <summary>Null where the LED is there.</summary>
    public string? Of(LedSettings settings)
    {
        LedFiles led = new(leds, settings.Name);
        try
        {
            led.Look();
            return null;
        }
        catch (DirectoryNotFoundException missing)
        {
            return LedTrouble.Sentence(missing, led);
        }
        catch (Exception failed) when (LedTrouble.Is(failed))
        {
            // It is there; whether the service's user may use it is not known here.
            return null;
        }
    }

    /// <summary>Null where a chip has that label or name, or where there is a chip that can't be opened.</summary>
    public string? Of(GpioButtonSettings settings)
    {
        if (!Directory.EnumerateFiles(devices, "gpiochip*").All(CanBeOpened)) return null;
        try
        {
            GpioChip.Find(devices, settings.Chip).Dispose();
            return null;
        }
        catch (ButtonUnavailableException none)
        {
            return none.Message;
        }
    }

    /// <summary>Null where it is an input device or a FIFO, is not there, or can't be opened.</summary>
    public static string? Of(InputButtonSettings settings)
    {
        try
        {
            InputDevice.Open(settings.Device).Dispose();
            return null;
        }
        catch (DeviceFileException refused)
        {
            return refused.Error is Libc.NotATypewriter or Libc.Invalid ? InputTrouble.Sentence(refused) : null;
        }
    }

    private static bool CanBeOpened(string path)
    {
        try
        {
            DeviceFile.Open(path, Libc.ReadWrite).Dispose();
            return true;
        }
        catch (DeviceFileException)
        {
            return false;
        }
    }
}
