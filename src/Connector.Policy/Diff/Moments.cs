namespace Connector.Policies.Diff;

/// <summary>A stretch of time on the clock of UTC, in ticks; both ends belong to it.</summary>
internal readonly record struct Moments(long From, long To)
{
    /// <summary>All of time but its last tick, which stands for never.</summary>
    public static readonly Moments All = new(DateTimeOffset.MinValue.UtcTicks, DateTimeOffset.MaxValue.UtcTicks - 1);

    public bool IsEmpty => From > To;

    public Moments And(Moments other) => new(Math.Max(From, other.From), Math.Min(To, other.To));

    public long Nearest(long moment) => moment < From ? From : moment > To ? To : moment;

    /// <summary>The same moments as stretches that are in order and do not touch.</summary>
    public static List<Moments> Union(IEnumerable<Moments> stretches)
    {
        var ordered = stretches.Where(s => !s.IsEmpty).ToList();
        ordered.Sort((a, b) => a.From.CompareTo(b.From));
        var union = new List<Moments>();
        foreach (var next in ordered)
        {
            if (union.Count > 0 && next.From <= union[^1].To + 1)
            {
                union[^1] = union[^1] with { To = Math.Max(union[^1].To, next.To) };
            }
            else
            {
                union.Add(next);
            }
        }

        return union;
    }

    /// <summary>What two lists of stretches share, each in order and of stretches that do not touch.</summary>
    public static IEnumerable<Moments> Shared(List<Moments> one, List<Moments> other)
    {
        for (var (i, j) = (0, 0); i < one.Count && j < other.Count;)
        {
            if (one[i].And(other[j]) is { IsEmpty: false } both)
            {
                yield return both;
            }

            _ = one[i].To < other[j].To ? i++ : j++;
        }
    }
}
