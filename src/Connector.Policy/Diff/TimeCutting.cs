using System.Globalization;

namespace Connector.Policies.Diff;

/// <summary>The moments that matter: at, just before and just after each instant named, with an agreement signed so long before that each span named is just over, or not yet.</summary>
internal static class TimeCutting
{
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(1);

    public static IEnumerable<Region> Candidates(IReadOnlyList<AtomicConstraint> atoms)
    {
        var instants = atoms.Where(a => TypeOf(a) == OperandType.Instant)
            .Select(a => Spans.TryInstant(a.Values[0], out var at) ? at : default).Where(at => at != default).DistinctBy(at => at.UtcDateTime).Order().ToList();
        var spans = atoms.Where(a => TypeOf(a) == OperandType.Duration).Select(a => a.Values[0]).Distinct(StringComparer.Ordinal).ToList();
        
        foreach (var (now, said) in Moments(instants))
        {
            yield return new Region(said, r => r with { Now = now });
            if (spans.Count == 0)
            {
                continue;
            }

            foreach (var (signed, since) in spans.SelectMany(s => Signed(now, s)).Append((now, "just signed")))
            {
                yield return new Region($"{said}, {since}", r => r with { Now = now, SignedAt = signed });
            }
        }
    }

    private static IEnumerable<(DateTimeOffset Now, string Said)> Moments(List<DateTimeOffset> instants)
    {
        if (instants.Count == 0)
        {
            yield return (new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), "at any time");
            yield break;
        }

        for (var i = 0; i < instants.Count; i++)
        {
            var before = i == 0 ? $"before {Text(instants[i])}" : $"between {Text(instants[i - 1])} and {Text(instants[i])}";
            if (i == 0 || instants[i] - instants[i - 1] > s_step + s_step)
            {
                yield return (instants[i] - s_step, before);
            }
            else
            {
                yield return (instants[i - 1] + ((instants[i] - instants[i - 1]) / 2), before);
            }

            yield return (instants[i], $"at {Text(instants[i])}");
        }

        yield return (instants[^1] + s_step, $"after {Text(instants[^1])}");
    }

    private static IEnumerable<(DateTimeOffset Signed, string Since)> Signed(DateTimeOffset now, string span)
    {
        if (!Spans.TryParse(span, out var months, out var rest) || months >= 12 * now.Year - 12 || rest.TotalDays > 365d * (now.Year - 2))
        {
            yield break;
        }

        var over = now.AddMonths(-months) - rest;
        yield return (over + s_step, $"less than {span} after signing");
        yield return (over, $"{span} after signing");
        yield return (over - s_step, $"more than {span} after signing");

        // The ends of months shift the sum of a span by some days.
        if (months > 0)
        {
            yield return (over.AddDays(4), $"less than {span} after signing");
            yield return (over.AddDays(-4), $"more than {span} after signing");
        }
    }

    private static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static OperandType TypeOf(AtomicConstraint atom) => Operands.ByIri(atom.LeftOperand)!.Type;
}
