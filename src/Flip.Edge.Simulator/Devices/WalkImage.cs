using Flip.Edge.Modbus;

namespace Flip.Edge.Simulator.Devices;

/// <summary>A device from the file of a walk.</summary>
public static class WalkImage
{
    // 500 reads of 125 registers, written out, have not half of that.
    private const int LargestFile = 4 * 1024 * 1024;

    /// <summary>Null when the file can't be used.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wrong">Then what is wrong with it: a sentence.</param>
    public static DeviceImage? TryRead(string path, out string? wrong)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                wrong = $"{path} has more than {LargestFile} bytes, and is no walk of ours.";
                return null;
            }

            var walk = WalkFile.Read(File.ReadAllBytes(path));
            wrong = null;
            return DeviceImage.OfWalk(walk);
        }
        catch (Exception unusable) when (unusable is FormatException or IOException or UnauthorizedAccessException)
        {
            wrong = $"{path} can't be used: {unusable.Message.TrimEnd('.')}.";
            return null;
        }
    }
}
