using System.Globalization;

namespace Connector.Policies.Diff;

/// <summary>The moments that matter: at, just before and just after each instant named, with an agreement signed so long before that each span named is just over, or not yet.</summary>
internal static class TimeCutting
{
    private const string AnyTime = "at any time";

    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(1);

    public static IEnumerable<Region> Candidates(IReadOnlyList<(AtomicConstraint Atom, Operand Operand)> atoms)
    {
        var instants = atoms.Where(a => a.Operand.Type == OperandType.Instant)
            .Select(a => Spans.TryInstant(a.Atom.Values[0], out var at) ? at : default).Where(at => at != default).DistinctBy(at => at.UtcDateTime).Order().ToList();
        var spans = SpansOf(atoms, FactSource.SinceAgreement);
        var waits = SpansOf(atoms, FactSource.SinceLastUse);
        
        foreach (var (now, said) in Moments(instants))
        {
            foreach (var (signed, since) in Since(now, spans, "signing"))
            {
                foreach (var (used, idle) in Since(now, waits, "the last use"))
                {
                    yield return new Region(string.Join(", ", ((string[])[since.Length + idle.Length > 0 && said == AnyTime ? "" : said, since, idle]).Where(t => t.Length > 0)), r => r with { Now = now, SignedAt = signed, LastUsedAt = used });
                }
            }
        }
    }

    private static List<string> SpansOf(IEnumerable<(AtomicConstraint Atom, Operand Operand)> atoms, FactSource source) =>
        [.. atoms.Where(a => a.Operand.Source == source).Select(a => a.Operand.Type == OperandType.Number ? $"P{a.Atom.Values[0]}D" : a.Atom.Values[0]).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<(DateTimeOffset? At, string Said)> Since(DateTimeOffset now, List<string> spans, string what)
    {
        if (spans.Count == 0)
        {
            return [(null, "")];
        }

        return
        [
            .. spans.SelectMany(s => Signed(now, s)).Select(s => ((DateTimeOffset?)s.Signed, $"{s.Since} after {what}")),
            (now, $"just after {what}"),
            (null, $"{what} not known"),
            (DateTimeOffset.MinValue, $"long after {what}"),
        ];
    }

    private static IEnumerable<(DateTimeOffset Now, string Said)> Moments(List<DateTimeOffset> instants)
    {
        if (instants.Count == 0)
        {
            yield return (new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), AnyTime);
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
        yield return (over + s_step, $"less than {span}");
        yield return (over, $"{span} exactly");
        yield return (over - s_step, $"more than {span}");

        // The ends of months shift the sum of a span by some days.
        if (months > 0)
        {
            yield return (over.AddDays(4), $"less than {span}");
            yield return (over.AddDays(-4), $"more than {span}");
        }
    }

    private static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
