namespace Connector.Policies.Diff;

/// <summary>
/// Cuts each fact where constraints cut it: tries the values at, before, after and beside those that they name, and keeps one of all that every
/// constraint answers alike at every point, in a permission as in a prohibition.
/// </summary>
internal static class Cutting
{
    public static IEnumerable<Dimension> Cut(IReadOnlyCollection<AtomicConstraint> atoms, Vocabulary vocabulary, Request start)
    {
        var placed = atoms.Select(a => (Atom: a, Operand: vocabulary.ByIri(a.LeftOperand)!)).ToList();
        var timed = placed.Where(p => p.Operand.Source is FactSource.Clock or FactSource.SinceAgreement or FactSource.SinceLastUse).ToList();

        // Several operands may read one claim: what one of them is told, all are.
        foreach (var fact in placed.Except(timed).Where(p => p.Operand.Source != FactSource.Contract).GroupBy(p => p.Operand.ClaimName ?? p.Operand.Iri, StringComparer.Ordinal))
        {
            var regions = SetCutting.Candidates([.. fact], vocabulary, start, out var all);
            yield return Of(fact.First().Operand.Word, regions, new Questions(fact.Select(p => p.Atom), vocabulary, start)) with { IsWhole = all };
        }

        if (timed.Count > 0)
        {
            yield return Of("time", TimeCutting.Candidates(timed), new Questions(timed.Select(t => t.Atom), vocabulary, start));
        }
    }

    private static Dimension Of(string name, IEnumerable<Region> candidates, Questions questions) => new(name, [.. candidates.GroupBy(questions.Key, StringComparer.Ordinal).Select(g => One([.. g]))]);

    private static Region One(IReadOnlyList<Region> alike) =>
        new(string.Join(Alternatives.Or, Grouping.Shortest(alike).Select(r => r.Said).Distinct(StringComparer.Ordinal)), alike[0].Put) { Several = alike.All(r => r.Several) };
}
