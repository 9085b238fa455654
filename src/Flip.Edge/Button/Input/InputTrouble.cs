namespace Flip.Edge.Button;

/// <summary>Says why an input device can't be used, and what to do.</summary>
internal static class InputTrouble
{
    private const string Devices = "/dev/";
    private const string ByPath = "/dev/input/by-path";
    private const int MostNames = 8;

    public static string Sentence(DeviceFileException refused) => refused.Error switch
    {
        Libc.NoEntry when !refused.DevicePath.StartsWith(Devices, StringComparison.Ordinal) => NoFifo(refused.DevicePath),
        Libc.NoEntry or Libc.NotDirectory => $"there is no {refused.DevicePath}; {WhatThereIs()}",
        Libc.NoAccess when !refused.DevicePath.StartsWith(Devices, StringComparison.Ordinal) =>
            $"permission denied for {refused.DevicePath}: give it to the service's group (chgrp flip-edge {refused.DevicePath} && chmod 660 {refused.DevicePath}), at each boot if it is in /run, and let that group enter its directories",
        Libc.NoAccess => $"permission denied for {refused.DevicePath}: the service's user has to be in the group that owns it, input as a rule (SupplementaryGroups=input in the unit)",
        Libc.NotPermitted => $"{refused.DevicePath} is not among the devices that the unit allows: DeviceAllow=char-input r",
        Libc.NotATypewriter or Libc.Invalid => $"{refused.DevicePath} is no input device and no FIFO: name a device under {ByPath} in Button:Input:Device",
        Libc.NoDeviceOrAddress => $"there is no device behind {refused.DevicePath}, or it is a socket: name a device under {ByPath} in Button:Input:Device",
        _ => $"{refused.Message}; name a device under {ByPath} in Button:Input:Device",
    };

    // A device is nowhere but under /dev; and a FIFO in /run is gone with each boot. The service opens it for reading and writing.
    private static string NoFifo(string path) => Directory.Exists(Path.GetDirectoryName(path))
        ? $"there is no {path}: if it is to be a FIFO, make it (mkfifo -m 660 {path} && chgrp flip-edge {path}), at each boot if it is in /run; input devices are under {ByPath}"
        : $"there is no {path}, and no directory {Path.GetDirectoryName(path)} for a FIFO: correct Button:Input:Device; input devices are under {ByPath}";

    private static string WhatThereIs()
    {
        foreach (string directory in new[] { ByPath, "/dev/input" })
        {
            string[] names = Directory.Exists(directory) ? [.. Directory.EnumerateFileSystemEntries(directory).Order(StringComparer.Ordinal)] : [];
            if (names.Length > 0) return $"there is {string.Join(", ", names.Take(MostNames))}{(names.Length > MostNames ? ", …" : "")}: name one in Button:Input:Device, or plug the device in";
        }

        return "there is no input device at all: plug it in, or load its driver (gpio-keys needs a node in the device tree)";
    }
}
