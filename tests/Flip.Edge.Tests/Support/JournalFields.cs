using System.Buffers.Binary;
using System.Text;

namespace Flip.Edge.Tests.Support;

/// <summary>Reads an entry of the journal's native protocol as journald does; what is none is an error.</summary>
internal static class JournalFields
{
    public static Dictionary<string, string> Read(ReadOnlySpan<byte> entry)
    {
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        while (!entry.IsEmpty)
        {
            int end = entry.IndexOf((byte)'\n');
            Assert.True(end > 0, "a field has to end");
            int equals = entry[..end].IndexOf((byte)'=');
            string name = Encoding.ASCII.GetString(entry[..(equals >= 0 ? equals : end)]);
            Assert.Matches("^[A-Z][A-Z0-9_]{0,63}$", name);
            if (equals >= 0)
            {
                fields.Add(name, Encoding.UTF8.GetString(entry[(equals + 1)..end]));
                entry = entry[(end + 1)..];
                continue;
            }

            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(entry[(end + 1)..]);
            ReadOnlySpan<byte> value = entry.Slice(end + 1 + sizeof(ulong), length);
            fields.Add(name, Encoding.UTF8.GetString(value));
            Assert.Equal((byte)'\n', entry[end + 1 + sizeof(ulong) + length]);
            entry = entry[(end + 1 + sizeof(ulong) + length + 1)..];
        }

        return fields;
    }
}
