using System.Collections.Concurrent;
using System.Text.Json.Serialization;

namespace Flip.Edge.Button;

/// <summary>What a configured button is bound to, or why it isn't.</summary>
/// <param name="Source"><c>input</c> or <c>gpio</c>.</param>
/// <param name="Bound">What it is bound to; null when it isn't.</param>
/// <param name="Reason">Why it isn't; null when it is.</param>
/// <param name="Remark">What came from it that does nothing, such as a press of another key; null, and then absent in JSON, when there is nothing to say.</param>
internal sealed record ButtonBinding(string Source, string? Bound, string? Reason, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Remark = null)
{
    /// <summary>Whether it was looked for and is not there.</summary>
    [JsonIgnore]
    public bool IsMissed => Bound is null && Reason != ButtonBindings.Looking;
}

/// <summary>The configured buttons as they are now.</summary>
/// <param name="changes">Told when one is bound or lost.</param>
/// <param name="sources">Those that are configured: each is there from the start on, bound or not.</param>
internal sealed class ButtonBindings(ChangeSignal changes, params IEnumerable<string> sources)
{
    /// <summary>The reason before the first try.</summary>
    public const string Looking = "it is looked for at this moment";

    private readonly ConcurrentDictionary<string, ButtonBinding> _bindings = new(
        sources.Select(source => KeyValuePair.Create(source, new ButtonBinding(source, null, Looking))), StringComparer.Ordinal);

    /// <summary>In order of their sources; empty where none is configured.</summary>
    public IReadOnlyList<ButtonBinding> Now => [.. _bindings.Values.OrderBy(binding => binding.Source, StringComparer.Ordinal)];

    public void Set(ButtonBinding binding)
    {
        if (_bindings.TryGetValue(binding.Source, out ButtonBinding? before) && before == binding) return;
        _bindings[binding.Source] = binding;
        changes.Raise();
    }
}
