using System.Text;
using Flip.Edge.Devices.Profiles;

namespace Flip.Edge.Fuzz;

/// <summary>Profile files with bytes changed, lines lost, doubled and exchanged: read, or refused with mistakes that have a line and a sentence.</summary>
internal sealed class ProfileFuzzer : IFuzzer
{
    private static readonly string[] Pieces =
        ["{", "}", "[", "]", ",", ":", "\"", "null", "true", "-1", "0", "1e9", "99999999999999999999", "\"0xFFFF\"", "\"\"", "{}", "[]", "\\u0000", "// x\n", "\"point\"", "\"sum\"", "\u00FF"];

    private readonly byte[][] _files = [.. ProfileCatalog.BuiltInNames().Select(ProfileCatalog.BuiltInFile)];

    public FuzzOutcome Run(Chance chance)
    {
        byte[] file = _files[chance.Below(_files.Length)];
        byte[] other = _files[chance.Below(_files.Length)];
        List<byte> bytes = [.. file];
        for (int i = chance.Below(chance.Once(2) ? 2 : 20); i >= 0 && bytes.Count > 0; i--)
        {
            int at = chance.Below(bytes.Count);
            int length = Math.Min(1 + chance.Below(60), bytes.Count - at);
            switch (chance.Below(5))
            {
                case 0:
                    bytes[at] = (byte)chance.Below(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[chance.Below(Pieces.Length)]));
                    break;
                default:
                    int from = chance.Below(other.Length);
                    bytes.InsertRange(at, other.AsSpan(from, Math.Min(length, other.Length - from)));
                    break;
            }
        }

        DeviceProfile? profile = ProfileFile.Read([.. bytes], out IReadOnlyList<ProfileMistake> mistakes);
        if ((profile is null) == (mistakes.Count == 0)) throw new FindingException($"{mistakes.Count} mistakes, and {(profile is null ? "no" : "a")} profile");
        foreach (ProfileMistake mistake in mistakes)
        {
            if (mistake.Line < 1 || mistake.Message.Length == 0) throw new FindingException($"a mistake without a line or a sentence: {mistake}");
        }

        return new(profile is null ? "mistakes" : "a profile", mistakes.Count);
    }
}
