using Flip.Edge.Simulator.Hostile;

namespace Flip.Edge.Pitfalls;

/// <summary>The folders here are named after the field's pitfalls: <c>P07_LateReply</c>, with the threads in the tests' summaries.</summary>
public sealed class EveryBehaviourHasItsTest
{
    [Fact]
    public void Every_hostile_behaviour_of_the_simulator_has_a_name_of_its_own() =>
        Assert.Distinct(Behaviours.All.Select(behaviour => behaviour.Name));
}
