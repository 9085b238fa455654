using System.Globalization;
using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>Works out the values of a profile from its points.</summary>
/// <param name="points">What was read.</param>
/// <param name="batteries">The sum over all batteries of a field.</param>
/// <param name="sunSpec">What plain SunSpec makes of the field that is worked out.</param>
internal sealed class DerivedValue(PassPoints points, Func<BatteryField, ValueReading> batteries, Func<ValueReading> sunSpec)
{
    /// <summary>The value, or why there is none.</summary>
    public ValueReading Of(ProfileValue value)
    {
        if (value.When is { } when && points.Judge(when) is { Holds: false } verdict)
        {
            return ValueReading.Absent(points.Of(when.Point).Source, $"it counts only under a condition that does not hold: {verdict.Sentence}", true);
        }

        ValueReading reading = value switch
        {
            ProfileValue.OfPoint of => OfPoint(points.Of(of.Point)),
            ProfileValue.Constant constant => Constant(constant),
            ProfileValue.FromTable from => FromTable(from),
            ProfileValue.Sum sum => Sum([.. sum.Parts.Select(Of)]),
            ProfileValue.Product product => Product([.. product.Parts.Select(Of)]),
            ProfileValue.Quotient quotient => Quotient(Of(quotient.Of), Of(quotient.By)),
            ProfileValue.DigitsOf digits => DigitsOf(digits),
            ProfileValue.OfBatteries of => batteries(of.Field),
            ProfileValue.OfSunSpec => sunSpec(),
            ProfileValue.Missing missing => ValueReading.Absent($"profile {points.Profile.Id}", missing.Why, false),
            _ => throw new InvalidOperationException($"a value of the kind {value.GetType().Name}"),
        };

        // Nothing that a profile says makes a rating of amperes.
        bool isEstimate = reading.Kind == FieldKind.Estimated;
        return value.Kind is { } kind && !isEstimate ? reading with { Kind = kind } : reading;
    }

    public static ValueReading OfPoint(PointReading point) => new()
    {
        State = point.State,
        Source = point.Source,
        Number = point.Number,
        Text = point.Text,
        Unit = point.Point.Unit,
        Kind = point.Point.Kind,
        Raw = point.Raw,
        Reason = point.Reason,
        IsToldAbsent = point.IsToldAbsent,
        IsUnsure = point.Point.Evidence.Confidence == Confidence.Unsure,
    };

    /// <summary>
    /// The sum. A part that the device says it does not have is left out; one of which nobody knows why it is absent makes the sum so, for a
    /// capacity without one battery is wrong.
    /// </summary>
    public static ValueReading Sum(IReadOnlyList<ValueReading> parts)
    {
        ValueReading? lacking = parts.FirstOrDefault(part => part.State == FieldState.Invalid)
            ?? parts.FirstOrDefault(part => part.State == FieldState.NotImplemented && !part.IsToldAbsent);
        if (lacking is not null) return lacking;
        ValueReading[] present = [.. parts.Where(part => part.IsPresent)];
        if (present.Length == 0) return parts[0];
        if (parts.Count == 1) return present[0];
        return Together(present, $"sum of {string.Join(" and ", present.Select(part => part.Source))}", " + ", present.Sum(part => part.Number!.Value)) with { Unit = present[0].Unit };
    }

    private static ValueReading Product(IReadOnlyList<ValueReading> parts)
    {
        if (Lacking(parts) is { } lacking) return lacking;
        string source = string.Join(" × ", parts.Select(part => part.Source));
        decimal number = 1;
        foreach (ValueReading part in parts)
        {
            if (Magnitude.Times(number, part.Number!.Value) is not { } next) return TooLarge(source, parts);
            number = next;
        }

        ValueReading product = Together(parts, source, " × ", number);
        return parts.Any(part => part.Unit is "A" or "Ah") ? product with { Kind = FieldKind.Estimated } : product;
    }

    private static ValueReading Quotient(ValueReading of, ValueReading by)
    {
        if (Lacking([of, by]) is { } lacking) return lacking;
        string source = $"{of.Source} ÷ {by.Source}";
        if (by.Number == 0) return ValueReading.Invalid(source, $"{by.Source} is 0, and nothing can be divided by it", [.. of.Raw, .. by.Raw]);
        if (Magnitude.Over(of.Number!.Value, by.Number!.Value) is not { } number) return TooLarge(source, [of, by]);
        return Together([of, by], source, " ÷ ", decimal.Round(number, 3)) with { Kind = FieldKind.Estimated };
    }

    private static ValueReading TooLarge(string source, IReadOnlyList<ValueReading> parts) =>
        ValueReading.Invalid(source, $"{source} comes to more than anything here can be", [.. parts.SelectMany(part => part.Raw)]);

    private static ValueReading Together(IReadOnlyList<ValueReading> parts, string source, string sign, decimal number) => new()
    {
        State = FieldState.Present,
        Source = source,
        Number = number,
        Raw = [.. parts.SelectMany(part => part.Raw)],
        Kind = parts.Any(part => part.Kind == FieldKind.Estimated) ? FieldKind.Estimated
            : parts.Any(part => part.Kind == FieldKind.Configured) ? FieldKind.Configured : FieldKind.Rated,
        IsUnsure = parts.Any(part => part.IsUnsure),
        Working = string.Join(sign, parts.Select(part => part.Working is null ? part.Shown : $"({part.Working})")),
    };

    private static ValueReading? Lacking(IReadOnlyList<ValueReading> parts) =>
        parts.FirstOrDefault(part => part.State == FieldState.Invalid) ?? parts.FirstOrDefault(part => !part.IsPresent)
        ?? (parts.FirstOrDefault(part => part.Number is null) is { } text ? ValueReading.Invalid(text.Source, $"{text.Source} says \"{text.Text}\", which is no number", text.Raw) : null);

    private ValueReading Constant(ProfileValue.Constant constant) => new()
    {
        State = FieldState.Present,
        Source = $"supplied by the profile {points.Profile.Id}",
        Text = constant.Text,
        Number = decimal.TryParse(constant.Text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number) ? number : null,
        IsUnsure = constant.Evidence.Confidence == Confidence.Unsure,
    };

    private ValueReading FromTable(ProfileValue.FromTable from)
    {
        PointReading code = points.Of(from.Point);
        ValueReading reading = OfPoint(code) with { Unit = null };
        if (!code.IsPresent) return reading;
        string source = $"table {from.Table} of {code.Source}";
        if (code.Code is { } row && points.Profile.Tables.TryGetValue(from.Table, out IReadOnlyDictionary<long, string>? table) && table.TryGetValue(row, out string? meaning))
        {
            return reading with
            {
                Source = source,
                Text = meaning,
                Number = decimal.TryParse(meaning, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number) ? number : null,
            };
        }

        return ValueReading.Absent(source, string.Create(CultureInfo.InvariantCulture,
            $"{code.Source} says {code.Code} (0x{code.Code:X4}), which is not in the table {from.Table} of the profile {points.Profile.Id}"), false, code.Raw);
    }

    private ValueReading DigitsOf(ProfileValue.DigitsOf digits)
    {
        PointReading read = points.Of(digits.Point);
        ValueReading reading = OfPoint(read);
        if (!read.IsPresent) return reading;
        string text = read.Text ?? "";
        int at = text.IndexOf(digits.After, StringComparison.OrdinalIgnoreCase);
        ReadOnlySpan<char> rest = at < 0 ? [] : text.AsSpan(at + digits.After.Length);
        int begin = rest.IndexOfAnyInRange('0', '9');
        if (begin >= 0) rest = rest[begin..];
        int end = rest.IndexOfAnyExceptInRange('0', '9');
        if (end >= 0) rest = rest[..end];
        if (begin < 0 || !decimal.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out decimal number))
        {
            return ValueReading.Absent(read.Source, $"{read.Source} says \"{text}\", which has no digits after \"{digits.After}\"", false, read.Raw);
        }

        return Magnitude.Times(number, digits.Scale) is { } scaled
            ? reading with { Number = scaled, Text = null, Source = $"digits of {read.Source}" }
            : ValueReading.Invalid(read.Source, $"{read.Source} says \"{text}\", which is more than anything here can be", read.Raw);
    }
}
