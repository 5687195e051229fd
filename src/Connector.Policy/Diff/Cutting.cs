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
        foreach (var group in byOperand)
        {
            var operand = Operands.ByIri(group.Key)!;
            if (operand.Source is not (FactSource.Clock or FactSource.SinceAgreement or FactSource.SinceLastUse or FactSource.Contract))
            {
                yield return Of(operand.Word, operand.Type == OperandType.Number ? NumberCutting.Candidates(operand, [.. group]) : TextCutting.Candidates(operand, [.. group]), [.. group], start);
            }
        }

        var timed = byOperand.Where(g => Operands.ByIri(g.Key)!.Source is FactSource.Clock or FactSource.SinceAgreement or FactSource.SinceLastUse).SelectMany(g => g).ToList();
        if (timed.Count > 0)
        {
            yield return Of("time", TimeCutting.Candidates(timed), timed, start);
        }
    }

    private static Dimension Of(string name, IEnumerable<Region> candidates, IReadOnlyList<AtomicConstraint> atoms, Request start)
    {
        var questions = atoms.SelectMany(Questions).ToList();
        var regions = candidates
            .GroupBy(c => Key(c, questions, start), StringComparer.Ordinal)
            .Select(g => new Region(string.Join(" or ", Grouping.Shortest([.. g.Select(c => c.Said).Distinct(StringComparer.Ordinal)]).Take(MostSaid)), g.First().Put));
        return new Dimension(name, [.. regions]);
    }

    private static string Key(Region candidate, List<CompiledPolicy> questions, Request start) => candidate.Parts.IsEmpty
        ? string.Concat(questions.Select(q => Answer(q, candidate.Put(start))))
        : string.Join('|', candidate.Parts.Select(p => Key(p, questions, start)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

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
