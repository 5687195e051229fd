using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Connector.Simulation.Tests;

public sealed class SimulationTests
{
    private const int Seeds = 20_000;

    [Fact]
    public void Twenty_thousand_rough_histories_all_end_with_both_sides_agreeing()
    {
        var failed = Run(Seeds, Faults.Rough);

        Assert.True(failed.IsEmpty, string.Join("\n", failed.OrderBy(f => f.Seed).Take(5).Select(f => $"seed {f.Seed}: {string.Join("; ", f.Wrong.Take(4))}")));
    }

    public static TheoryData<string> PlantedFaults => [.. Planted.All.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(PlantedFaults))]
    public void A_planted_fault_is_found(string what) =>
        Assert.True(Enumerable.Range(1, 1_000).Any(seed => !new World(seed, Faults.Rough with { Planted = Planted.All[what] }).Run().IsEmpty), $"that {what} was not found");

    [Fact]
    public void A_network_that_makes_repeated_messages_look_new_does_not_double_a_contract() =>
        Assert.DoesNotContain(Run(200, Faults.Rough with { ApplyTwice = true }).SelectMany(f => f.Wrong), w => w.Contains("not one", StringComparison.Ordinal) || w.Contains("differ", StringComparison.Ordinal));

    [Fact]
    public void The_same_seed_tells_the_same_history()
    {
        var first = new World(4711, Faults.Rough);
        var second = new World(4711, Faults.Rough);

        Assert.Equal(first.Run(), second.Run());
        Assert.Equal(first.Schedule.Steps, second.Schedule.Steps);
        Assert.Equal(first.Provider.Evidence().Select(e => Convert.ToHexString(e.Hash)), second.Provider.Evidence().Select(e => Convert.ToHexString(e.Hash)));
    }

    [Fact]
    public void Rough_histories_are_rough()
    {
        var worlds = Enumerable.Range(1, 300).Select(seed => new World(seed, Faults.Rough)).ToList();
        foreach (var world in worlds)
        {
            world.Run();
        }

        Assert.True(worlds.Sum(w => w.Provider.Crashes + w.Consumer.Crashes) > 100, "there were hardly any crashes");
        Assert.True(worlds.Sum(w => w.Provider.Evidence().Length) > 300, "hardly any contract was made");
        Assert.True(worlds.Count(w => !w.Provider.RefusedTransfers().IsEmpty) > 30, "data hardly ever waited for a duty");
        Assert.True(worlds.Count(w => w.Provider.Agreements().Any(a => !a.Duties.IsEmpty && a.Uses > 0)) > 30, "data hardly ever flowed after a duty");
    }

    private static ImmutableArray<(int Seed, ImmutableArray<string> Wrong)> Run(int seeds, Faults faults)
    {
        var failed = new ConcurrentBag<(int, ImmutableArray<string>)>();
        Parallel.For(1, seeds + 1, seed =>
        {
            var wrong = new World(seed, faults).Run();
            if (!wrong.IsEmpty)
            {
                failed.Add((seed, wrong));
            }
        });
        return [.. failed];
    }
}
