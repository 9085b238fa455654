using Flip.Edge.Button;

namespace Flip.Edge.Tests.Button;

public sealed class ButtonBindingsTests
{
    [Fact]
    public void A_configured_button_is_there_before_anybody_has_looked_for_it()
    {
        ButtonBindings bindings = new(new(), "input", "gpio");

        Assert.Equal(["gpio", "input"], bindings.Now.Select(binding => binding.Source));
        Assert.All(bindings.Now, binding => Assert.Equal((null, "it is looked for at this moment"), (binding.Bound, binding.Reason)));
    }

    [Fact]
    public void Only_a_change_is_told()
    {
        ChangeSignal changes = new();
        ButtonBindings bindings = new(changes, "input");
        Task first = changes.Next;
        bindings.Set(new("input", "KEY_PROG1 of a test", null));
        Task second = changes.Next;
        bindings.Set(new("input", "KEY_PROG1 of a test", null));

        Assert.True(first.IsCompleted);
        Assert.False(second.IsCompleted);
    }
}
