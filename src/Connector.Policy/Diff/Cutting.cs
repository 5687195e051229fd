namespace Connector.Policies.Diff;

/// <summary>
/// Cuts each fact where constraints cut it: tries the values at, before, after and beside those that they name, and keeps one of all that every
/// constraint answers alike at every point, in a permission as in a prohibition.
/// </summary>
internal static class Cutting
{
    private const int MostSaid = 6;

    public static IEnumerable<Dimension> Cut(IReadOnlyCollection<AtomicConstraint> atoms, Request start)
    {
        var byOperand = atoms.GroupBy(a => Operands.ByIri(a.LeftOperand)!.Iri, StringComparer.Ordinal).ToList();
        var timed = byOperand.Where(g => Operands.ByIri(g.Key)!.Type is OperandType.Instant or OperandType.Duration).SelectMany(g => g).ToList();
        if (timed.Count > 0)
        {
            yield return Of("time", TimeCutting.Candidates(timed), timed, start);
        }

        foreach (var group in byOperand.Where(g => Operands.ByIri(g.Key)!.Type is OperandType.Text))
        {
            var operand = Operands.ByIri(group.Key)!;
            yield return Of(operand.Word, TextCutting.Candidates(operand, [.. group]), [.. group], start);
        }
    }

    private static Dimension Of(string name, IEnumerable<Region> candidates, IReadOnlyList<AtomicConstraint> atoms, Request start)
    {
        var questions = atoms.SelectMany(Questions).ToList();
        var regions = candidates
            .GroupBy(c => string.Concat(questions.Select(q => Answer(q, c.Put(start)))), StringComparer.Ordinal)
            .Select(g => new Region(string.Join(" or ", Grouping.Shortest([.. g.Select(c => c.Said).Distinct(StringComparer.Ordinal)]).Take(MostSaid)), g.First().Put));
        return new Dimension(name, [.. regions]);
    }

    // Asked of whole policies, so that whatever the evaluator heeds is heeded here.
    private static IEnumerable<CompiledPolicy> Questions(AtomicConstraint atom) =>
    [
        CompiledPolicy.Compile(new Policy { Permissions = [new Permission("use", [atom], [])] }),
        CompiledPolicy.Compile(new Policy { Permissions = Policy.Free.Permissions, Prohibitions = [new Prohibition("use", [atom])] }),
    ];

    private static string Answer(CompiledPolicy question, Request request) => string.Concat(Enum.GetValues<EnforcementPoint>().Select(point =>
    {
        var verdict = question.Evaluate(point, request.ToFacts());
        return verdict.Permitted ? 'y' : verdict.ReasonCode == "policy-not-known" ? '?' : 'n';
    }));
}
