using System.Collections.Immutable;

namespace Connector.Policies.Diff;

/// <summary>The values of a fact that is a text: those named, several at once, another, none.</summary>
internal static class TextCutting
{
    private const int MostTogether = 6;

    public static IEnumerable<Region> Candidates(Operand operand, IReadOnlyList<AtomicConstraint> atoms)
    {
        var named = atoms.SelectMany(a => a.Values).Distinct(StringComparer.Ordinal).ToList();
        var other = operand.Iri == Operands.Participant ? "did:web:another.example" : Another(named);
        foreach (var value in named)
        {
            yield return Of(operand, $"{operand.Word} is '{value}'", [value]);
        }

        yield return Of(operand, $"{operand.Word} is another", [other]);
        foreach (var value in (operand.Hierarchy?.Known ?? []).Except(named, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            yield return Of(operand, $"{operand.Word} is '{value}'", [value]);
        }

        if (operand.Iri == Operands.Participant)
        {
            yield break;
        }

        yield return Of(operand, $"{operand.Word} is not known", []);
        foreach (var several in Several(named, atoms, other))
        {
            yield return Of(operand, $"{operand.Word} is {string.Join(" and ", several.Select(v => v == other ? "another" : $"'{v}'"))}", several);
        }
    }

    // All subsets of a few values; of many, all pairs and what constraints name together.
    private static IEnumerable<ImmutableArray<string>> Several(List<string> named, IReadOnlyList<AtomicConstraint> atoms, string other)
    {
        if (named.Count <= MostTogether)
        {
            for (var chosen = 1; chosen < 1 << named.Count; chosen++)
            {
                var values = named.Where((_, i) => (chosen & (1 << i)) != 0).ToImmutableArray();
                if (values.Length > 1)
                {
                    yield return values;
                }

                yield return values.Add(other);
            }

            yield break;
        }

        foreach (var together in atoms.Where(a => a.Values.Length > 1).Select(a => a.Values).Append([.. named]))
        {
            yield return together;
            yield return together.Add(other);
        }

        for (var i = 0; i < Math.Min(named.Count, 40); i++)
        {
            yield return [named[i], other];
            for (var j = 0; j < i; j++)
            {
                yield return [named[j], named[i]];
            }
        }
    }

    private static Region Of(Operand operand, string said, ImmutableArray<string> values) => new(said, Put(operand, values))
    {
        Parts = operand.Source == FactSource.Purpose && values.Length > 1 ? [.. values.Select(v => Of(operand, said, [v]))] : [],
    };

    /// <summary>How the fact of an operand is stated; nothing where there are no values.</summary>
    public static Func<Request, Request> Put(Operand operand, ImmutableArray<string> values) => operand.Source switch
    {
        FactSource.Participant => r => r with { ParticipantId = values[0] },
        FactSource.Purpose => r => r with { Purposes = values },
        FactSource.Observed => r => r with { Observed = values.IsEmpty ? r.Observed.Remove(operand.Word) : r.Observed.SetItem(operand.Word, values) },
        FactSource.Claim => r => r with { Claims = values.IsEmpty ? r.Claims.Remove(operand.ClaimName!) : r.Claims.SetItem(operand.ClaimName!, values) },
        _ => r => r,
    };

    private static string Another(List<string> named)
    {
        var other = "another";
        while (named.Contains(other, StringComparer.Ordinal))
        {
            other += "-one";
        }

        return other;
    }
}
