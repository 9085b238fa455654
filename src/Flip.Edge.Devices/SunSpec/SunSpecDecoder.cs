using System.Text;
using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.SunSpec;

/// <summary>Turns registers into three-state values by the rules of the SunSpec information model.</summary>
internal static class SunSpecDecoder
{
    private const ushort NotImplementedUint16 = 0xFFFF;
    private const ushort NotImplementedScale = 0x8000;

    // A rating is unsigned, but devices that count it as signed leave the sentinel of that type (sunsynk#398).
    private const ushort NotImplementedInt16 = 0x8000;

    /// <summary>A scaled number of one model.</summary>
    public static NameplateField<decimal> Number(SunSpecMap map, SunSpecModel model, SunSpecPoint point, FieldKind kind) =>
        map.Believe(Read(map, model, point, kind), point.Model, point.Name);

    private static NameplateField<decimal> Read(SunSpecMap map, SunSpecModel model, SunSpecPoint point, FieldKind kind)
    {
        if (!model.Has(point.Last, 1))
        {
            return NameplateField.NotImplemented<decimal>(point.Unit, point.Source,
                $"model {model.Id} at {model.Address} ends before {point.Name} (its length is {model.Length})");
        }

        int value = model.Address + point.Offset, factor = model.Address + point.ScaleFactorOffset;
        if (map.Blocks.Covering(model.Address + point.First, point.Last - point.First + 1) is { } block)
        {
            return Misplaced(block, model) is { } misplaced
                ? NameplateField.Invalid<decimal>(point.Unit, point.Source, $"{point.Source} could not be read: {misplaced}", block.Words)
                : Scaled(block.Words[value - block.Address], block.Words[factor - block.Address], point, kind);
        }

        if (map.Blocks.Covering(model.Address, point.Offset + 1) is { } alone && Misplaced(alone, model) is { } moved)
        {
            return NameplateField.Invalid<decimal>(point.Unit, point.Source, $"{point.Source} could not be read: {moved}", alone.Words);
        }

        if (map.Blocks.Surrounded(value, factor) is { } apart) return Scaled(apart.Value, apart.Factor, point, kind);
        string why = map.Unreadable.GetValueOrDefault(model.Address, "it comes in another response than its scale factor, and one of the two changed in between");
        return NameplateField.Invalid<decimal>(point.Unit, point.Source, $"{point.Source} could not be read: {why}");
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

        if (raw == NotImplementedInt16)
        {
            return NameplateField.Invalid<decimal>(point.Unit, point.Source,
                $"{point.Source} is 0x8000, with which signed registers say that they have no value", words);
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
    public static NameplateField<string> Text(SunSpecMap map, SunSpecModel model, SunSpecText text) =>
        map.Believe(Read(map, model, text), text.Model, text.Name);

    private static NameplateField<string> Read(SunSpecMap map, SunSpecModel model, SunSpecText text)
    {
        int registers = Math.Min(text.Registers, model.Length + 2 - text.Offset);
        if (registers <= 0)
        {
            return NameplateField.NotImplemented<string>(null, text.Source,
                $"model {model.Id} at {model.Address} ends before {text.Name} (its length is {model.Length})");
        }

        if (map.Blocks.Gather(model.Address + text.Offset, registers) is not { } words)
        {
            string why = map.Unreadable.GetValueOrDefault(model.Address, "its registers were not read");
            return NameplateField.Invalid<string>(null, text.Source, $"{text.Source} could not be read: {why}");
        }

        if (map.Blocks.Covering(model.Address, text.Offset + registers) is { } block && Misplaced(block, model) is { } misplaced)
        {
            return NameplateField.Invalid<string>(null, text.Source, $"{text.Source} could not be read: {misplaced}", words);
        }

        NameplateField<string> field = DecodeText(words, text.Source);
        bool isCut = registers < text.Registers && field.IsPresent && !words.Any(EndsText);
        return !isCut ? field : NameplateField.Invalid<string>(null, text.Source,
            $"{text.Source} says \"{field.Value}\" and is cut off there: model {model.Id} at {model.Address} has the length {model.Length}", words);
    }

    private static bool EndsText(ushort word) => word >> 8 is 0 or ' ' || (word & 0xFF) is 0 or ' ';

    // Gateways answer with data one register off (Growatt_ModbusTCP#349): then the model's id is not where it was found, or stands there twice.
    private static string? Misplaced(RegisterBlock block, SunSpecModel model)
    {
        if (!block.Covers(model.Address, 2)) return null;
        if ((block.At(model.Address), block.At(model.Address + 1)) != (model.Id, model.Declared))
        {
            return $"the registers came without the id of model {model.Id} at {model.Address} before them, as if moved";
        }

        return model.Declared == model.Id && !SunSpecLengths.Of(model.Id).IsEmpty
            ? $"the registers came with the id of model {model.Id} at {model.Address} twice, as if moved"
            : null;
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
            string behind = all.AsSpan(Math.Max(nul, 0)).ContainsAnyInRange('!', '~') ? ": what stands behind its end does not count" : "";
            return NameplateField.NotImplemented<string>(null, source, $"{source} is empty{behind}", words);
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
