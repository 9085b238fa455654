using System.Text;
using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.SunSpec;

/// <summary>Turns registers into three-state values by the rules of the SunSpec information model.</summary>
internal static class SunSpecDecoder
{
    private const ushort NotImplementedUint16 = 0xFFFF;
    private const ushort NotImplementedScale = 0x8000;

    /// <summary>A scaled number of one model.</summary>
    public static NameplateField<decimal> Number(SunSpecMap map, SunSpecModel model, SunSpecPoint point, FieldKind kind)
    {
        int first = Math.Min(point.Offset, point.ScaleFactorOffset);
        int count = Math.Abs(point.ScaleFactorOffset - point.Offset) + 1;
        if (!model.Has(first, count))
        {
            return NameplateField.NotImplemented<decimal>(point.Unit, point.Source,
                $"model {model.Id} at {model.Address} ends before {point.Name} (its length is {model.Length})");
        }

        if (map.Blocks.Covering(model.Address + first, count) is not { } block)
        {
            string why = map.Unreadable.GetValueOrDefault(model.Address, "its registers were not read together");
            return NameplateField.Invalid<decimal>(point.Unit, point.Source, $"{point.Source} could not be read: {why}");
        }

        ushort raw = block.Words[model.Address + point.Offset - block.Address];
        ushort scale = block.Words[model.Address + point.ScaleFactorOffset - block.Address];
        return map.Believe(Scaled(raw, scale, point, kind), point.Model, point.Name);
    }

    /// <summary>A value and its scale factor, 10^-10 to 10^10.</summary>
    internal static NameplateField<decimal> Scaled(ushort raw, ushort scale, SunSpecPoint point, FieldKind kind)
    {
        ushort[] words = [raw, scale];
        if (raw == NotImplementedUint16)
        {
            return NameplateField.NotImplemented<decimal>(point.Unit, point.Source, $"the device does not implement {point.Source}", words);
        }

        if (scale == NotImplementedScale)
        {
            return NameplateField.Invalid<decimal>(point.Unit, point.Source,
                $"{point.Source} is {raw} without a scale factor (0x8000), so its size is unknown", words);
        }

        short exponent = (short)scale;
        if (exponent is < -10 or > 10)
        {
            return NameplateField.Invalid<decimal>(point.Unit, point.Source,
                $"{point.Source} is {raw} with the scale factor {exponent}; -10 to 10 is legal", words);
        }

        decimal value = raw;
        for (int i = 0; i < exponent; i++) value *= 10;
        for (int i = 0; i > exponent; i--) value /= 10;
        NameplateField<decimal> field = NameplateField.Present(value, point.Unit, kind, point.Source, words);
        return point.Unit == "Wh" ? Plausibility.CheckCapacity(field) : Plausibility.CheckPower(field);
    }

    /// <summary>A text of the common model: cut at NUL, trimmed, and refused when it holds anything but printable ASCII.</summary>
    public static NameplateField<string> Text(SunSpecMap map, SunSpecModel model, SunSpecText text)
    {
        int registers = Math.Min(text.Registers, model.Length + 2 - text.Offset);
        if (registers <= 0)
        {
            return NameplateField.NotImplemented<string>(null, text.Source,
                $"model {model.Id} at {model.Address} ends before {text.Name} (its length is {model.Length})");
        }

        if (map.Blocks.Covering(model.Address + text.Offset, registers) is not { } block)
        {
            string why = map.Unreadable.GetValueOrDefault(model.Address, "its registers were not read together");
            return NameplateField.Invalid<string>(null, text.Source, $"{text.Source} could not be read: {why}");
        }

        int start = model.Address + text.Offset - block.Address;
        return map.Believe(DecodeText(block.Words.AsSpan(start, registers).ToArray(), text.Source), text.Model, text.Name);
    }

    /// <summary>Two characters in each register, high byte first, padded with NUL.</summary>
    internal static NameplateField<string> DecodeText(ushort[] words, string source)
    {
        StringBuilder characters = new(words.Length * 2);
        foreach (ushort word in words)
        {
            characters.Append((char)(word >> 8)).Append((char)(word & 0xFF));
        }

        string all = characters.ToString();
        int nul = all.IndexOf('\0', StringComparison.Ordinal);
        string cut = (nul < 0 ? all : all[..nul]).TrimEnd('\u00FF').Trim(' ', '\t', '\r', '\n');
        if (cut.Length == 0)
        {
            return NameplateField.NotImplemented<string>(null, source, $"{source} is empty", words);
        }

        if (cut.Any(character => character is < ' ' or > '~'))
        {
            return NameplateField.Invalid<string>(null, source, $"{source} holds characters that are no text: {Escape(cut)}", words);
        }

        return NameplateField.Present(cut, null, FieldKind.Rated, source, words);
    }

    private static string Escape(string text) =>
        string.Concat(text.Select(c => c is < ' ' or > '~' ? FormattableString.Invariant($"\\x{(int)c:X2}") : c.ToString()));
}
