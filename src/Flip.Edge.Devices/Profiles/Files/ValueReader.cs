using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Profiles.Files;

/// <summary>A value with what is known of it.</summary>
/// <param name="Value">The value.</param>
/// <param name="Measure">What it is measured in.</param>
/// <param name="IsEstimate">Whether amperes, ampere-hours, volts or a quotient are in it.</param>
internal sealed record ReadValue(ProfileValue Value, Measure Measure, bool IsEstimate);

/// <summary>Reads one way to come by a field, and what it is made of.</summary>
internal sealed partial class ValueReader(ProfileContext context, bool isTextField)
{
    private static readonly string[] Forms =
        ["point", "constant", "table", "sum", "product", "quotient", "digits_of", "batteries", "sunspec", "missing"];

    /// <param name="node">A name of a point, or an object.</param>
    /// <param name="isPart">Whether it is a part of a sum, product or quotient.</param>
    public ReadValue? Read(ProfileNode node, bool isPart)
    {
        if (node.Kind == NodeKind.Text) return OfPoint(node, node);
        if (node.Kind != NodeKind.Object)
        {
            context.Mistakes.Add(node, $"{node.Found}, and has to be the name of a point or an object with one of {string.Join(", ", Forms)}");
            return null;
        }

        ProfileObject value = new(node, context.Mistakes);
        string[] forms = [.. Forms.Where(value.Has)];
        if (forms.Length != 1)
        {
            context.Mistakes.Add(node, forms.Length == 0
                ? $"says nothing of where the value comes from: it needs one of {string.Join(", ", Forms)}"
                : $"has {string.Join(" and ", forms)}, and only one of them can be the value: write a list of values, the preferred first");
            return null;
        }

        ReadValue? read = OfForm(forms[0], value, value.Find(forms[0])!, isPart);
        if (value.Find("kind") is not null && isPart) value.Fail("kind", "belongs to the whole value, not to a part of it");
        FieldKind? kind = value.Choice("kind", Vocabulary.ValueKinds);
        ProfileCheck? when = value.Object("when") is { } check ? CheckReader.Read(check, context) : null;
        if (when is not null && isPart) value.Fail("when", "belongs to the whole value, not to a part of it");
        string? note = value.Text("note");
        value.Close();
        if (read is null) return null;
        if (read.IsEstimate && !isPart)
        {
            if (kind is not null and not FieldKind.Estimated) value.Fail("kind", "can't be: what is made of A, Ah, V or a quotient is estimated; leave kind out");
            kind = FieldKind.Estimated;
        }

        return read with { Value = read.Value with { Kind = kind, When = when, Note = note } };
    }

    private ReadValue? OfForm(string form, ProfileObject value, ProfileNode node, bool isPart) => form switch
    {
        "point" => OfPoint(node, node),
        "constant" => Constant(value, node),
        "table" => FromTable(value, node),
        "missing" => Missing(node, isPart),
        "sunspec" => OfSunSpec(node, isPart),
        _ when isTextField => Unfit(node, $"{form} gives a number, and this field is a text: use point, constant, table or missing"),
        "sum" => Sum(node),
        "product" => Product(node),
        "quotient" => Quotient(node),
        "digits_of" => DigitsOf(value, node),
        _ => OfBatteries(node),
    };

    private ReadValue? OfPoint(ProfileNode node, ProfileNode named)
    {
        if (context.Point(named) is not { } point) return null;
        if (point.Type == PointType.Text && !isTextField) return Unfit(node, $"is the text {point.Name}, and a number is needed here");
        return new(new ProfileValue.OfPoint(point.Name), Measure.Of(point.Unit), false);
    }

    private ReadValue? Constant(ProfileObject value, ProfileNode node)
    {
        ProfileEvidence evidence = context.Evidence.Of(value);
        if (isTextField) return node.AsText(context.Mistakes) is { } text ? new(new ProfileValue.Constant(text, evidence), Measure.Any, false) : null;
        if (node.AsAmount(context.Mistakes) is not { } amount) return null;
        if (amount <= 0) return Unfit(node, $"{node.Found}, and has to be more than 0");
        return new(new ProfileValue.Constant(amount.ToString(System.Globalization.CultureInfo.InvariantCulture), evidence), Measure.Any, false);
    }

    private ReadValue? FromTable(ProfileObject value, ProfileNode node)
    {
        ProfileNode? of = value.Required("of", "the name of the point that holds the code");
        ProfilePoint? point = context.Point(of);
        IReadOnlyDictionary<long, string>? table = context.Table(node);
        if (point is not null && !PointTypes.IsInteger(point.Type)) return Unfit(of!, $"{of!.Found}, and a code has to be a whole number");
        if (!isTextField && table?.Values.FirstOrDefault(meaning => !IsAmount(meaning)) is { } word)
        {
            return Unfit(node, $"{node.Found}, and its meaning \"{ProfileNode.Shown(word)}\" is no number, which is needed here");
        }

        return point is null || table is null ? null : new(new ProfileValue.FromTable(node.Text, point.Name), Measure.Any, false);
    }

    private ReadValue? Missing(ProfileNode node, bool isPart)
    {
        if (isPart) return Unfit(node, "can't be a part: leave the whole value out, and say why it is missing as the last of the field's values");
        return node.AsText(context.Mistakes) is { } why ? new(new ProfileValue.Missing(why), Measure.Any, false) : null;
    }

    private ReadValue? OfSunSpec(ProfileNode node, bool isPart)
    {
        if (node is not { Kind: NodeKind.Flag, Text: "true" }) return Unfit(node, $"{node.Found}, and has to be true");
        if (context.Map != ProfileMap.SunSpec) return Unfit(node, "belongs into a profile with map sunspec");
        return isPart ? Unfit(node, "can't be a part: it is the whole field") : new(new ProfileValue.OfSunSpec(), Measure.Any, false);
    }

    private ReadValue? Unfit(ProfileNode node, string message)
    {
        context.Mistakes.Add(node, message);
        return null;
    }

    private static bool IsAmount(string text) =>
        decimal.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out decimal amount) && amount > 0;
}
