using System.Globalization;

namespace Connector.Policies.Diff;

/// <summary>A span of time: whole months of the calendar, and a rest.</summary>
internal readonly record struct NamedSpan(string Text, int Months, TimeSpan Rest);

/// <summary>
/// All that spans from one start can tell. A span of days is always as long; a span of months is as long as the calendar makes it, which depends on the
/// day of its start alone and repeats every 400 years: so each day of so many years is tried as the start, those alike together.
/// </summary>
internal static class LapseCutting
{
    /// <summary>After so many years the calendar repeats, to the day.</summary>
    public const int CycleYears = 400;

    private const int LastDayInEveryMonth = 28;

    // Longer than time itself: the end of a span that lies beyond it is never reached.
    private static readonly long s_never = Moments.All.To - Moments.All.From + 1;

    /// <param name="what">What the spans are counted from, such as <c>signing</c>.</param>
    /// <param name="years">In which years it is asked how long ago the start was.</param>
    public static List<Lapse> Lapses(IReadOnlyList<NamedSpan> spans, string what, (int First, int Last) years)
    {
        if (spans.Count == 0)
        {
            return [Lapse.Unknown("")];
        }

        var told = new Dictionary<string, Lapse>(StringComparer.Ordinal);
        foreach (var (lengths, starts) in Starts(spans, years))
        {
            foreach (var (ago, said) in Cut(spans, lengths).Where(c => !c.Ago.IsEmpty))
            {
                var key = string.Concat(lengths.Select(l => l < ago.From ? '>' : l > ago.To ? '<' : '='));
                if (!told.TryGetValue(key, out var lapse))
                {
                    told.Add(key, lapse = new Lapse($"{said} after {what}"));
                }

                starts.ForEach(s => lapse.Add(s, ago));
            }
        }

        return [.. told.Values, Lapse.Unknown($"{what} not known")];
    }

    // Before, at, between and after the ends of spans of given lengths.
    private static IEnumerable<(Moments Ago, string Said)> Cut(IReadOnlyList<NamedSpan> spans, long[] lengths)
    {
        var (from, last) = (-s_never, (string?)null);
        foreach (var end in lengths.Zip(spans, (length, span) => (length, span.Text)).Where(e => e.length < s_never).GroupBy(e => e.length, e => e.Text).OrderBy(g => g.Key))
        {
            var name = end.First();
            yield return (new Moments(from, end.Key - 1), last is null ? $"less than {name}" : $"between {last} and {name}");
            yield return (new Moments(end.Key, end.Key), $"{name} exactly");
            (from, last) = (end.Key + 1, name);
        }

        yield return (new Moments(from, s_never - 1), last is null ? $"less than {spans[0].Text}" : $"more than {last}");
    }

    private static IEnumerable<(long[] Lengths, List<Moments> Starts)> Starts(IReadOnlyList<NamedSpan> spans, (int First, int Last) years)
    {
        if (spans.All(s => s.Months == 0))
        {
            return [([.. spans.Select(s => s.Rest.Ticks)], [Moments.All])];
        }

        var alike = new Dictionary<string, (long[] Lengths, List<Moments> Starts)>(StringComparer.Ordinal);
        foreach (var days in Days(years.First - LongestYears(spans), years.Last))
        {
            var start = new DateTimeOffset(days.From, TimeSpan.Zero);
            var lengths = spans.Select(s => Spans.After(start, s.Months, s.Rest) is { } end ? end.UtcTicks - days.From : s_never).ToArray();
            var key = string.Join(' ', lengths.Select(l => l.ToString(CultureInfo.InvariantCulture)));
            if (!alike.TryGetValue(key, out var kind))
            {
                alike.Add(key, kind = (lengths, []));
            }

            kind.Starts.Add(days);
        }

        return alike.Values.Select(k => (k.Lengths, Moments.Union(k.Starts)));
    }

    // From any day that all months have, months are as long; each later day is by itself.
    private static IEnumerable<Moments> Days(int firstYear, int lastYear)
    {
        for (var month = 12 * (Math.Max(firstYear, DateTime.MinValue.Year) - 1); month < 12 * Math.Min(lastYear, DateTime.MaxValue.Year); month++)
        {
            var (year, number) = ((month / 12) + 1, (month % 12) + 1);
            var first = new DateTime(year, number, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
            yield return new Moments(first, first + (LastDayInEveryMonth * TimeSpan.TicksPerDay) - 1);
            for (var day = LastDayInEveryMonth; day < DateTime.DaysInMonth(year, number); day++)
            {
                yield return new Moments(first + (day * TimeSpan.TicksPerDay), first + ((day + 1) * TimeSpan.TicksPerDay) - 1).And(Moments.All);
            }
        }
    }

    private static int LongestYears(IEnumerable<NamedSpan> spans) => spans.Max(s => (s.Months / 12) + (int)(s.Rest.TotalDays / 365)) + 2;
}
