using System.Collections.Concurrent;

namespace Flip.Edge.Button;

/// <summary>What a configured button is bound to, or why it isn't.</summary>
/// <param name="Source"><c>input</c> or <c>gpio</c>.</param>
/// <param name="Bound">What it is bound to; null when it isn't.</param>
/// <param name="Reason">Why it isn't; null when it is.</param>
internal sealed record ButtonBinding(string Source, string? Bound, string? Reason);

/// <summary>The configured buttons as they are now.</summary>
internal sealed class ButtonBindings(ChangeSignal changes)
{
    private readonly ConcurrentDictionary<string, ButtonBinding> _bindings = new(StringComparer.Ordinal);

    /// <summary>In order of their sources; empty where none is configured.</summary>
    public IReadOnlyList<ButtonBinding> Now => [.. _bindings.Values.OrderBy(binding => binding.Source, StringComparer.Ordinal)];

    public void Set(ButtonBinding binding)
    {
        if (_bindings.TryGetValue(binding.Source, out ButtonBinding? before) && before == binding) return;
        _bindings[binding.Source] = binding;
        changes.Raise();
    }
}
