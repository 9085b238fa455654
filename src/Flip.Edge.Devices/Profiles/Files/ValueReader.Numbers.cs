namespace Flip.Edge.Devices.Profiles.Files;

internal sealed partial class ValueReader
{
    private ReadValue? Sum(ProfileNode node)
    {
        ReadValue[]? parts = Parts(node, 1);
        if (parts is null) return null;
        Measure measure = parts.Select(part => part.Measure).FirstOrDefault(one => !one.IsAny, Measure.Any);
        if (parts.FirstOrDefault(part => !part.Measure.Fits(measure)) is { } unlike) return Unfit(node, $"adds {measure} and {unlike.Measure}");
        return new(new ProfileValue.Sum([.. parts.Select(part => part.Value)]), measure, parts.Any(part => part.IsEstimate));
    }

    private ReadValue? Product(ProfileNode node)
    {
        ReadValue[]? parts = Parts(node, 2);
        if (parts is null) return null;
        Measure measure = parts.Select(part => part.Measure).Aggregate((one, other) => one.Times(other));
        return new(new ProfileValue.Product([.. parts.Select(part => part.Value)]), measure, parts.Any(part => part.IsEstimate || part.Measure.IsElectrical));
    }

    private ReadValue? Quotient(ProfileNode node)
    {
        ReadValue[]? parts = Parts(node, 2);
        if (parts is null) return null;
        if (parts.Length != 2) return Unfit(node, "has to be a list of two values: [ what is divided, by what ]");
        return new(new ProfileValue.Quotient(parts[0].Value, parts[1].Value), parts[0].Measure.Over(parts[1].Measure), true);
    }

    private ReadValue[]? Parts(ProfileNode node, int least)
    {
        if (node.AsList(context.Mistakes) is not { } items) return null;
        if (items.Count < least) return UnfitParts(node, FormattableString.Invariant($"has {items.Count} value, and needs at least {least}"));
        ReadValue[] parts = [.. items.Select(Part).OfType<ReadValue>()];
        return parts.Length == items.Count ? parts : null;
    }

    private ReadValue? Part(ProfileNode node)
    {
        ReadValue? part = node.Kind == NodeKind.Number ? BareNumber(node) : Read(node, isPart: true);
        if (part?.Value is ProfileValue.OfPoint named && context.Points[named.Point].Unit == "%")
        {
            return Unfit(node, $"{node.Found}, which is in %: give the point \"scale\": 0.01 and no unit, so that 55 % counts as 0.55");
        }

        return part;
    }

    private ReadValue? BareNumber(ProfileNode node)
    {
        if (NodeValues.Amount(node) is not { } amount || amount <= 0) return Unfit(node, $"{node.Found}, and has to be more than 0");
        return context.Evidence.Default is { } evidence
            ? new(new ProfileValue.Constant(amount.ToString(System.Globalization.CultureInfo.InvariantCulture), evidence), Measure.Any, false)
            : Unfit(node, $"has no source: write {{ \"constant\": {node.Text}, \"source\": …, \"confidence\": … }}");
    }

    private ReadValue? DigitsOf(ProfileObject value, ProfileNode node)
    {
        string? after = value.Required("after", "what stands before the digits, as \"SE\" in SE7600H")?.AsText(context.Mistakes);
        decimal scale = value.Find("scale")?.AsAmount(context.Mistakes) ?? 1;
        if (scale <= 0) value.Fail("scale", "has to be more than 0");
        string? name = node.Text;
        if (context.Map != ProfileMap.SunSpec || !Vocabulary.SunSpecTexts.Contains(node.Text))
        {
            ProfilePoint? point = context.Point(node);
            if (point is not null && point.Type != PointType.Text) return Unfit(node, $"{node.Found}, and has to be a text");
            name = point?.Name;
        }

        return name is null || after is null ? null : new(new ProfileValue.DigitsOf(name, after, scale), Measure.Any, false);
    }

    private ReadValue? OfBatteries(ProfileNode node)
    {
        string[] sums = ["capacity_wh", "charge_w", "discharge_w"];
        if (node.Kind != NodeKind.Text || !sums.Contains(node.Text)) return Unfit(node, $"{node.Found}, and has to be {NodeValues.OneOf(sums)}");
        BatteryField field = Vocabulary.BatteryFields[node.Text];
        if (context.Batteries is null && !context.HasParts) return Unfit(node, "adds up batteries, and the profile has neither batteries nor sunspec.directory");
        if (context.Batteries is { } batteries && !batteries.Points.ContainsKey(field)) return Unfit(node, $"{node.Found}, and batteries.points has no such point");
        return new(new ProfileValue.OfBatteries(field), Measure.Of(field == BatteryField.CapacityWh ? "Wh" : "W"), false);
    }

    private ReadValue[]? UnfitParts(ProfileNode node, string message)
    {
        context.Mistakes.Add(node, message);
        return null;
    }
}
