using Flip.Edge.Engineering;
using Flip.Edge.Simulator.Hostile;

namespace Flip.Edge.Pitfalls;

/// <summary>The folders here are named after the field's pitfalls: <c>P07_LateReply</c>, with the threads in the tests' summaries.</summary>
public sealed class EveryBehaviourHasItsTest
{
    public static TheoryData<string> Names => [.. Behaviours.All.Select(behaviour => behaviour.Name)];

    [Fact]
    public void Every_hostile_behaviour_of_the_simulator_has_a_name_of_its_own() =>
        Assert.Distinct(Behaviours.All.Select(behaviour => behaviour.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_pitfall_of_a_behaviour_has_a_folder_of_tests(string name)
    {
        IReadOnlyList<int> pitfalls = Behaviours.Find(name)!.Pitfalls;
        Assert.NotEmpty(pitfalls);
        Assert.All(pitfalls, number => Assert.NotEmpty(TestsOf(number)));
    }

    private static IEnumerable<string> TestsOf(int pitfall) =>
        Directory.GetDirectories(Path.Combine(Repository.Root, "tests/Flip.Edge.Pitfalls.Tests"), $"P{pitfall:00}_*")
            .SelectMany(folder => Directory.GetFiles(folder, "*Tests.cs"));
}
