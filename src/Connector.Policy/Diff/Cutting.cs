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
            var candidates = fact.GroupBy(p => p.Operand, p => p.Atom).SelectMany(g => Candidates(g.Key, [.. g]));
            yield return Of(fact.First().Operand.Word, candidates, [.. fact.Select(p => p.Atom)], vocabulary, start);
        }

        if (timed.Count > 0)
        {
            yield return Of("time", TimeCutting.Candidates(timed), [.. timed.Select(t => t.Atom)], vocabulary, start);
        }
    }

    private static IEnumerable<Region> Candidates(Operand operand, IReadOnlyList<AtomicConstraint> atoms) =>
        operand.Type == OperandType.Text ? TextCutting.Candidates(operand, atoms) : OrderCutting.Candidates(operand, atoms);

    private static Dimension Of(string name, IEnumerable<Region> candidates, IReadOnlyList<AtomicConstraint> atoms, Vocabulary vocabulary, Request start)
    {
        var questions = atoms.SelectMany(a => Questions(a, vocabulary)).ToList();
        var regions = candidates
            .GroupBy(c => Key(c, questions, start), StringComparer.Ordinal)
            .Select(g => new Region(string.Join(Alternatives.Or, Grouping.Shortest([.. g.Select(c => c.Said).Distinct(StringComparer.Ordinal)])), g.First().Put));
        return new Dimension(name, [.. regions]);
    }

    // Where each of several values is asked alone, a constraint may still want all of them at once (isAllOf): the whole is asked too.
    private static string Key(Region candidate, List<CompiledPolicy> questions, Request start) => string.Join('|',
        candidate.Parts.Select(p => Key(p, questions, start)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Append(string.Concat(questions.Select(q => Answer(q, candidate.Put(start))))));

    // Asked of whole policies, so that whatever the evaluator heeds is heeded here.
    private static IEnumerable<CompiledPolicy> Questions(AtomicConstraint atom, Vocabulary vocabulary) =>
    [
        CompiledPolicy.Compile(new Policy { Permissions = [new Permission("use", [atom], [])] }, vocabulary),
        CompiledPolicy.Compile(new Policy { Permissions = Policy.Free.Permissions, Prohibitions = [new Prohibition("use", [atom])] }, vocabulary),
    ];

    private static string Answer(CompiledPolicy question, Request request) => string.Concat(Enum.GetValues<EnforcementPoint>().Select(point =>
    {
        var verdict = question.Evaluate(point, request.ToFacts());
        return verdict.Permitted ? 'y' : verdict.ReasonCode == "policy-not-known" ? '?' : 'n';
    }));
}
