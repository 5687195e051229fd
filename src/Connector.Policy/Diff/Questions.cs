namespace Connector.Policies.Diff;

/// <summary>What constraints answer to a request, each in a permission and in a prohibition, at every point.</summary>
internal sealed class Questions
{
    private static readonly EnforcementPoint[] s_points = Enum.GetValues<EnforcementPoint>();

    private readonly List<CompiledPolicy> _asked;
    private readonly Request _start;
    private readonly Dictionary<Region, string> _keys = new(ReferenceEqualityComparer.Instance);

    public Questions(IEnumerable<AtomicConstraint> atoms, Vocabulary vocabulary, Request start) =>
        (_asked, _start) = ([.. atoms.SelectMany(a => Of(a)).Select(p => CompiledPolicy.Compile(p, vocabulary))], start);

    /// <summary>The same for two regions exactly when no constraint tells them apart.</summary>
    public string Key(Region region)
    {
        if (!_keys.TryGetValue(region, out var key))
        {
            // Where each of several values is asked alone, a constraint may still want all of them at once (isAllOf): the whole is asked too.
            var facts = region.Put(_start).ToFacts();
            key = string.Join('|', region.Parts.Select(Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Append(string.Concat(_asked.SelectMany(q => s_points.Select(at => Answer(q, at, facts))))));
            _keys.Add(region, key);
        }

        return key;
    }

    // Asked of whole policies, so that whatever the evaluator heeds is heeded here.
    private static IEnumerable<Policy> Of(AtomicConstraint atom) =>
    [
        new Policy { Permissions = [new Permission("use", [atom], [])] },
        new Policy { Permissions = Policy.Free.Permissions, Prohibitions = [new Prohibition("use", [atom])] },
    ];

    private static char Answer(CompiledPolicy question, EnforcementPoint at, Facts facts)
    {
        var verdict = question.Evaluate(at, facts);
        return verdict.Permitted ? 'y' : verdict.ReasonCode == "policy-not-known" ? '?' : 'n';
    }
}
