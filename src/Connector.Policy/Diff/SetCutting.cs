using System.Collections.Immutable;

namespace Connector.Policies.Diff;

/// <summary>
/// A fact of which a request may state none, one or several values: each value that constraints tell apart, and every set of these that they tell
/// from the other sets. A set is grown by one value at a time, and goes on only where it is answered as no set before it.
/// </summary>
internal static class SetCutting
{
    private const int MostSets = 256;

    /// <param name="asked">Constraints on one fact.</param>
    /// <param name="all">False when there are more sets than are worth walking, or spellings that matter.</param>
    public static IReadOnlyList<Region> Candidates(IReadOnlyList<(AtomicConstraint Atom, Operand Operand)> asked, Vocabulary vocabulary, Request start, out bool all)
    {
        var operand = asked[0].Operand;
        var values = asked.GroupBy(p => p.Operand.Type).SelectMany(ValuesOf).DistinctBy(v => v.Text).ToList();
        var alone = values.ToDictionary(v => v, v => new Region($"{operand.Word} is {v.Said}", Put(operand, [v.Text])));
        all = !asked.Any(size => size.Operand.Type != OperandType.Text && asked.Any(text => text.Operand.Type == OperandType.Text && text.Atom.Values.Any(v => OrderCutting.Reads(size.Operand.Type, v))));
        if (operand.Source == FactSource.Participant)
        {
            return [.. alone.Values];
        }

        List<Region> regions = [.. alone.Values, new Region($"{operand.Word} is not known", Put(operand, []))];

        // Whether several values are had together grows from whether each is had.
        var questions = new Questions(asked.SelectMany(a => Apart(a.Atom)), vocabulary, start);
        var kinds = values.DistinctBy(v => questions.Key(alone[v])).ToList();
        var seen = regions.Select(questions.Key).ToHashSet(StringComparer.Ordinal);
        var open = new Queue<ImmutableArray<Value>>(kinds.Select(k => ImmutableArray.Create(k)));
        while (open.TryDequeue(out var set))
        {
            foreach (var larger in kinds.Except(set).Select(set.Add))
            {
                var region = new Region($"{operand.Word} is {string.Join(" and ", larger.Select(v => v.Said))}", Put(operand, [.. larger.Select(v => v.Text)]))
                {
                    Several = true,
                    Parts = operand.Source == FactSource.Purpose ? [.. larger.Select(v => alone[v])] : [],
                };
                if (!seen.Add(questions.Key(region)))
                {
                    continue;
                }

                if (regions.Count == MostSets + values.Count)
                {
                    all = false;
                    return regions;
                }

                regions.Add(region);
                open.Enqueue(larger);
            }
        }

        return regions;
    }

    // Several operands may read one claim.
    private static IEnumerable<Value> ValuesOf(IGrouping<OperandType, (AtomicConstraint Atom, Operand Operand)> alike) => alike.Key == OperandType.Text
        ? alike.GroupBy(p => p.Operand, p => p.Atom).SelectMany(g => TextCutting.Values(g.Key, [.. g]))
        : OrderCutting.Values(alike.Key, alike.SelectMany(p => p.Atom.Values));

    private static IEnumerable<AtomicConstraint> Apart(AtomicConstraint atom) =>
        atom.Operator == ConstraintOperator.IsAllOf && atom.Values.Length > 1 ? atom.Values.Select(v => atom with { Values = [v] }).Prepend(atom) : [atom];

    private static Func<Request, Request> Put(Operand operand, ImmutableArray<string> values) => operand.Source switch
    {
        FactSource.Participant => r => r with { ParticipantId = values[0] },
        FactSource.Purpose => r => r with { Purposes = values },
        FactSource.Observed => r => r with { Observed = values.IsEmpty ? r.Observed.Remove(operand.Word) : r.Observed.SetItem(operand.Word, values) },
        FactSource.Claim => r => r with { Claims = values.IsEmpty ? r.Claims.Remove(operand.ClaimName!) : r.Claims.SetItem(operand.ClaimName!, values) },
        _ => r => r,
    };
}

/// <summary>A value of a fact.</summary>
/// <param name="Text">As it is stated.</param>
/// <param name="Said">In words, such as <c>'active'</c> or <c>another</c>.</param>
internal sealed record Value(string Text, string Said);
