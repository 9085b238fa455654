using System.Globalization;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.SunSpec;

namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>Turns the registers of a point into one of three states. Nothing that means "none" ever becomes a number.</summary>
internal static class PointDecoder
{
    /// <param name="point">What the registers mean.</param>
    /// <param name="words">The registers; for a point with a SunSpec scale factor, from the lower of both to the higher.</param>
    /// <param name="source">Where they were read.</param>
    /// <param name="order">Word order of numbers.</param>
    public static PointReading Decode(ProfilePoint point, ushort[] words, string source, WordOrder order)
    {
        PointReading reading = new() { Point = point, State = FieldState.Invalid, Source = source, Raw = words };
        if (point.Type == PointType.Text) return Text(reading, words);

        int first = Math.Max(0, point.Address - (point.ScaleFactorAddress ?? point.Address));
        ushort[] value = words[first..(first + point.Registers)];
        ulong bits = Bits(value, order);
        if (point.Sentinels.Contains(bits)) return Absent(reading, $"{source} says that there is none (0x{bits.ToString($"X{4 * value.Length}", CultureInfo.InvariantCulture)})");
        decimal scale = point.Scale;
        if (point.ScaleFactorAddress is { } factorAddress)
        {
            ushort factor = words[factorAddress - Math.Min(point.Address, factorAddress)];
            reading = reading with { Raw = [.. value, factor] };
            if ((short)factor is < -10 or > 10) return reading with { Reason = $"{source} is {bits} with the scale factor {(short)factor}; -10 to 10 is legal" };
            if (Magnitude.Times(scale, (decimal)Math.Pow(10, Math.Max(0, (int)(short)factor))) is not { } raised) return TooLarge(reading);
            scale = raised;
            for (int i = 0; i > (short)factor; i--) scale /= 10;
        }

        return point.Type == PointType.F32 ? Float(reading, (uint)bits, scale) : Whole(reading, bits, scale);
    }

    /// <summary>The registers as one number.</summary>
    public static ulong Bits(ReadOnlySpan<ushort> words, WordOrder order)
    {
        ulong bits = 0;
        for (int i = 0; i < words.Length; i++) bits = (bits << 16) | words[order == WordOrder.HighFirst ? i : words.Length - 1 - i];
        return bits;
    }

    private static PointReading Whole(PointReading reading, ulong bits, decimal scale)
    {
        ProfilePoint point = reading.Point;
        if (point.Bits is { } part) bits = (bits >> part.From) & ((1UL << part.Count) - 1);
        decimal raw = point.Bits is not null ? bits : point.Type switch
        {
            PointType.S16 => (short)bits,
            PointType.S32 => (int)bits,
            PointType.S64 => (long)bits,
            _ => bits,
        };
        return Number(reading with { Code = raw is >= long.MinValue and <= long.MaxValue ? (long)raw : null }, raw, scale);
    }

    private static PointReading Float(PointReading reading, uint bits, decimal scale)
    {
        float number = BitConverter.UInt32BitsToSingle(bits);
        if (!float.IsFinite(number)) return Absent(reading, $"{reading.Source} says that there is none ({(float.IsNaN(number) ? "NaN" : "infinity")})");
        if (Math.Abs(number) > 1e15f) return reading with { Reason = string.Create(CultureInfo.InvariantCulture, $"{reading.Source} says {number:R}, which nothing here can be") };

        // A decimal of a float has its seven significant digits, and no more: 9.6 stays 9.6.
        return Number(reading with { Code = number == MathF.Truncate(number) ? (long)number : null }, (decimal)number, scale);
    }

    private static PointReading Number(PointReading reading, decimal raw, decimal scale)
    {
        ProfilePoint point = reading.Point;
        if (raw == 0 && point.Zero == ZeroMeaning.Absent) return Absent(reading, $"{reading.Source} is 0, which means that there is none");
        if (raw == 0 && point.Zero == ZeroMeaning.Invalid) return reading with { Code = null, Reason = $"{reading.Source} is 0, and {ZeroRating.Sentence}" };
        if (Magnitude.Times(raw, scale) is not { } value) return TooLarge(reading);
        if (point.Between is { } limits && (value < limits.Least || value > limits.Most))
        {
            string unit = point.Unit is null ? "" : $" {point.Unit}";
            return reading with
            {
                Code = null,
                Reason = string.Create(CultureInfo.InvariantCulture, $"{reading.Source} says {Plain(value)}{unit}: a value from {Plain(limits.Least)} to {Plain(limits.Most)}{unit} is expected"),
            };
        }

        return reading with { State = FieldState.Present, Number = value };
    }

    private static PointReading TooLarge(PointReading reading) =>
        reading with { Code = null, Reason = $"{reading.Source} tells a number that is larger than anything here can be" };

    private static PointReading Text(PointReading reading, ushort[] words)
    {
        ushort[] ordered = [.. reading.Point.Characters switch
        {
            CharacterOrder.LowByteFirst => words.Select(word => (ushort)((word << 8) | (word >> 8))),
            CharacterOrder.LowByteOnly => Enumerable.Range(0, (words.Length + 1) / 2)
                .Select(i => (ushort)((words[2 * i] << 8) | (2 * i + 1 < words.Length ? words[(2 * i) + 1] & 0xFF : 0))),
            _ => words,
        }];
        if (reading.Point.MostCharacters is { } most)
        {
            ordered = [.. ordered.Select((word, i) => most > (2 * i) + 1 ? word : most > 2 * i ? (ushort)(word & 0xFF00) : (ushort)0)];
        }

        NameplateField<string> text = SunSpecDecoder.DecodeText(ordered, reading.Source);
        return text.State == FieldState.NotImplemented ? Absent(reading, text.Reason!)
            : reading with { State = text.State, Text = text.Value, Reason = text.Reason };
    }

    private static PointReading Absent(PointReading reading, string reason) =>
        reading with { State = FieldState.NotImplemented, Reason = reason, IsToldAbsent = true };

    /// <summary>Without the zeros that a scale leaves behind the point.</summary>
    public static string Plain(decimal value) => Trimmed(value).ToString(CultureInfo.InvariantCulture);

    /// <summary>The same number without zeros behind the point.</summary>
    public static decimal Trimmed(decimal value) => value / 1.0000000000000000000000000000m;
}
