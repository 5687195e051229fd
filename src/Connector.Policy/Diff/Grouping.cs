using System.Collections.Immutable;

namespace Connector.Policies.Diff;

/// <summary>Gathers regions into few groups: each as wide as it can be in one fact after the other without leaving the set.</summary>
internal static class Grouping
{
    private const int MostGroups = 50;

    /// <param name="all">False when there are more groups than are worth telling.</param>
    public static ImmutableArray<Difference> Of(Space space, HashSet<long> regions, out bool all)
    {
        var groups = ImmutableArray.CreateBuilder<Difference>();
        var open = new SortedSet<long>(regions);
        while (open.Count > 0 && groups.Count < MostGroups)
        {
            var seed = open.Min;
            var chosen = Widen(space, seed, regions);
            foreach (var number in Numbers(space, chosen))
            {
                open.Remove(number);
            }

            groups.Add(new Difference([.. Said(space, chosen)], space.At(seed)));
        }

        all = open.Count == 0;
        return groups.ToImmutable();
    }

    private static List<int>[] Widen(Space space, long seed, HashSet<long> regions)
    {
        var chosen = new List<int>[space.Dimensions.Length];
        for (var d = 0; d < chosen.Length; d++)
        {
            chosen[d] = [(int)(seed % space.Dimensions[d].Regions.Length)];
            seed /= space.Dimensions[d].Regions.Length;
        }

        for (var d = 0; d < chosen.Length; d++)
        {
            var only = chosen[d];
            var wide = new List<int>(only);
            foreach (var value in Enumerable.Range(0, space.Dimensions[d].Regions.Length).Except(only))
            {
                chosen[d] = [value];
                if (Numbers(space, chosen).All(regions.Contains))
                {
                    wide.Add(value);
                }
            }

            wide.Sort();
            chosen[d] = wide;
        }

        return chosen;
    }

    private static IEnumerable<long> Numbers(Space space, List<int>[] chosen)
    {
        IEnumerable<long> numbers = [0];
        for (var d = chosen.Length - 1; d >= 0; d--)
        {
            var (size, values) = (space.Dimensions[d].Regions.Length, chosen[d]);
            numbers = numbers.SelectMany(n => values.Select(v => (n * size) + v));
        }

        return numbers;
    }

    private static IEnumerable<string> Said(Space space, List<int>[] chosen) => space.Dimensions
        .Select((dimension, d) => (dimension, chosen: chosen[d]))
        .Where(p => p.chosen.Count < p.dimension.Regions.Length)
        .Select(p => Alternatives.Of(Shortest([.. p.chosen.Select(v => p.dimension.Regions[v])]).Select(r => r.Said)));

    // Where one value alone is enough, that several of them are too is not worth saying.
    public static IReadOnlyList<Region> Shortest(IReadOnlyList<Region> regions)
    {
        var single = regions.Where(r => !r.Several).ToList();
        return single.Count > 0 ? single : regions;
    }
}
