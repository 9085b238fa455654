using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Flip.Edge.Devices.Profiles.Files;

/// <summary>
/// Reads a JSON text into nodes with their lines and keys. <see cref="JsonDocument"/> forgets the lines, and keeps the last of two members
/// with one name in silence.
/// </summary>
internal static class ProfileNodes
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The root, or null when the text is no JSON.</summary>
    public static ProfileNode? Read(ReadOnlySpan<byte> utf8, ProfileMistakes mistakes)
    {
        // Editors of other systems put it there, and it says nothing.
        if (utf8.StartsWith(ByteOrderMark)) utf8 = utf8[ByteOrderMark.Length..];
        if (!Utf8.IsValid(utf8))
        {
            mistakes.Add(LineOfFirstBadByte(utf8), "", "is no UTF-8: save the file as UTF-8");
            return null;
        }

        Walk walk = new(utf8, mistakes);
        try
        {
            return walk.Root();
        }
        catch (JsonException slip)
        {
            // System.Text.Json counts lines from 0, and editors from 1.
            mistakes.Add((int)(slip.LineNumber ?? 0) + 1, "", $"is no JSON: {slip.Message.Split(" LineNumber: ")[0]}");
            return null;
        }
    }

    private static int LineOfFirstBadByte(ReadOnlySpan<byte> utf8)
    {
        int line = 1;
        while (utf8.Length > 0 && Rune.DecodeFromUtf8(utf8, out Rune rune, out int length) == System.Buffers.OperationStatus.Done)
        {
            if (rune.Value == '\n') line++;
            utf8 = utf8[length..];
        }

        return line;
    }

    private ref struct Walk(ReadOnlySpan<byte> utf8, ProfileMistakes mistakes)
    {
        private readonly ReadOnlySpan<byte> _utf8 = utf8;
        private Utf8JsonReader _json = new(utf8);
        private int _line = 1;
        private int _counted;

        public ProfileNode Root()
        {
            _json.Read();
            ProfileNode root = Node("", "", Line());
            // Whatever follows the root is an exception of the reader's.
            _json.Read();
            return root;
        }

        private ProfileNode Node(string name, string key, int line) => _json.TokenType switch
        {
            JsonTokenType.StartObject => new(NodeKind.Object, name, key, line, "", Members(key)),
            JsonTokenType.StartArray => new(NodeKind.List, name, key, line, "", Items(key)),
            JsonTokenType.String => new(NodeKind.Text, name, key, line, Text(key), []),
            JsonTokenType.Null => new(NodeKind.Null, name, key, line, "", []),
            JsonTokenType.Number => new(NodeKind.Number, name, key, line, Encoding.UTF8.GetString(_json.ValueSpan), []),
            _ => new(NodeKind.Flag, name, key, line, _json.TokenType == JsonTokenType.True ? "true" : "false", []),
        };

        private List<ProfileNode> Members(string key)
        {
            List<ProfileNode> members = [];
            HashSet<string> names = new(StringComparer.Ordinal);
            while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
            {
                int line = Line();
                string name = Text(key);
                string path = key.Length == 0 ? ProfileNode.Shown(name) : $"{key}.{ProfileNode.Shown(name)}";
                _json.Read();
                ProfileNode node = Node(name, path, line);
                if (names.Add(name)) members.Add(node);
                else mistakes.Add(line, path, "stands here twice: leave one");
            }

            return members;
        }

        private List<ProfileNode> Items(string key)
        {
            List<ProfileNode> items = [];
            while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
            {
                items.Add(Node("", FormattableString.Invariant($"{key}[{items.Count}]"), Line()));
            }

            return items;
        }

        private string Text(string key)
        {
            try
            {
                return _json.GetString()!;
            }
            catch (InvalidOperationException)
            {
                mistakes.Add(Line(), key, "has half of a surrogate pair (\\ud800 to \\udfff) without the other half");
                return "?";
            }
        }

        private int Line()
        {
            int start = (int)_json.TokenStartIndex;
            if (start > _counted)
            {
                _line += _utf8[_counted..start].Count((byte)'\n');
                _counted = start;
            }

            return _line;
        }
    }
}
