using System.Globalization;

namespace Connector.Policies.Diff;

/// <summary>
/// The moments that matter: at, before and after each instant named, with an agreement signed, and the data last used, so long before that each span named is
/// over, just over, or not yet. What cannot be at once, since the calendar has no such day, is left out.
/// </summary>
internal static class TimeCutting
{
    private static readonly DateTimeOffset s_anyTime = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(1);

    public static IEnumerable<Region> Candidates(IReadOnlyList<(AtomicConstraint Atom, Operand Operand)> atoms)
    {
        var instants = atoms.Where(a => a.Operand.Type == OperandType.Instant)
            .SelectMany(a => Spans.TryInstant(a.Atom.Values[0], out var at) ? [at] : Array.Empty<DateTimeOffset>()).DistinctBy(at => at.UtcTicks).OrderBy(at => at.UtcTicks).ToList();
        var years = Years(instants);
        var idle = LapseCutting.Lapses(SpansOf(atoms, FactSource.SinceLastUse), "the last use", years);

        foreach (var since in LapseCutting.Lapses(SpansOf(atoms, FactSource.SinceAgreement), "signing", years))
        {
            foreach (var wait in idle)
            {
                var together = Moments.Shared(since.At, wait.At).ToList();
                foreach (var window in Windows(instants))
                {
                    if (Choose(window, together) is { } now)
                    {
                        string[] said = [window.Said, since.Said, wait.Said];
                        var (at, signed, used) = (window.Shown(now), since.Before(now), wait.Before(now));
                        yield return new Region(
                            said.All(s => s.Length == 0) ? "at any time" : string.Join(", ", said.Where(s => s.Length > 0)),
                            r => r with { Now = at, SignedAt = signed, LastUsedAt = used });
                    }
                }
            }
        }
    }

    // Before the first and after the last instant a whole cycle of the calendar has all that can be; where no instant is named, any one cycle has.
    private static (int First, int Last) Years(List<DateTimeOffset> instants)
    {
        var named = instants.Append(s_anyTime).Select(i => i.UtcDateTime.Year).ToList();
        return (instants.Count == 0 ? s_anyTime.Year : named.Min() - LapseCutting.CycleYears, named.Max() + 1 + LapseCutting.CycleYears);
    }

    private static List<NamedSpan> SpansOf(IEnumerable<(AtomicConstraint Atom, Operand Operand)> atoms, FactSource source) =>
    [
        .. atoms.Where(a => a.Operand.Source == source)
            .SelectMany(a => Spans.TryRead(a.Operand.Type, a.Atom.Values[0], out var months, out var rest) ? [new NamedSpan(a.Operand.Type == OperandType.Number ? $"P{a.Atom.Values[0]}D" : a.Atom.Values[0], months, rest)] : Array.Empty<NamedSpan>())
            .DistinctBy(s => (s.Months, s.Rest)),
    ];

    // The moment of a window nearest to the one that reads best.
    private static long? Choose(Window window, List<Moments> possible) =>
        possible.Select(p => p.And(window.Moments)).Where(p => !p.IsEmpty).Select(p => (long?)p.Nearest(window.Best)).MinBy(n => Math.Abs(n!.Value - window.Best));

    private static IEnumerable<Window> Windows(List<DateTimeOffset> instants)
    {
        var from = Moments.All.From;
        for (var i = 0; i < instants.Count; i++)
        {
            var at = instants[i].UtcTicks;
            var best = i == 0 || instants[i] - instants[i - 1] > s_step + s_step ? instants[i].UtcTicks - s_step.Ticks : instants[i - 1].UtcTicks + ((instants[i] - instants[i - 1]).Ticks / 2);
            yield return new Window(i == 0 ? $"before {Text(instants[i])}" : $"between {Text(instants[i - 1])} and {Text(instants[i])}", new Moments(from, at - 1), best, instants[i].Offset);
            yield return new Window($"at {Text(instants[i])}", new Moments(at, at), at, instants[i].Offset);
            from = at + 1;
        }

        yield return instants.Count == 0
            ? new Window("", Moments.All, s_anyTime.UtcTicks, TimeSpan.Zero)
            : new Window($"after {Text(instants[^1])}", new Moments(from, Moments.All.To), instants[^1].UtcTicks + s_step.Ticks, instants[^1].Offset);
    }

    private static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>Moments between which no named instant lies.</summary>
    /// <param name="Best">The one that reads best.</param>
    /// <param name="Offset">How its instant is written.</param>
    private readonly record struct Window(string Said, Moments Moments, long Best, TimeSpan Offset)
    {
        // In the first and the last hours of time not every offset can be written.
        public DateTimeOffset Shown(long moment) =>
            Diff.Moments.All.Nearest(moment + Offset.Ticks) == moment + Offset.Ticks ? new DateTimeOffset(moment + Offset.Ticks, Offset) : new DateTimeOffset(moment, TimeSpan.Zero);
    }
}
