namespace Connector.Policies.Diff;

/// <summary>How long ago a start was, a signature or a last use, as far as spans counted from it can tell: which of them are over, just over, or not yet.</summary>
/// <param name="Said">In words, such as <c>more than P30D after signing</c>; empty when nobody asks.</param>
internal sealed record Lapse(string Said)
{
    // Starts from which the spans are of one length each, and how long ago these must be.
    private readonly List<(Moments Starts, Moments Ago)> _ways = [];
    private List<Moments>? _at;

    /// <summary>No start is known. This can be at any time.</summary>
    public static Lapse Unknown(string said) => new(said) { _at = [Moments.All] };

    /// <summary>When it can be that long ago.</summary>
    public List<Moments> At => _at ??= Moments.Union(_ways.Select(w => new Moments(w.Starts.From + w.Ago.From, w.Starts.To + w.Ago.To).And(Moments.All)));

    public void Add(Moments starts, Moments ago) => _ways.Add((starts, ago));

    /// <summary>The start that reads best of those that are that long ago at a moment of <see cref="At"/>; null when none is known.</summary>
    public DateTimeOffset? Before(long now)
    {
        var (best, away) = ((long?)null, long.MaxValue);
        foreach (var (starts, ago) in _ways)
        {
            var wanted = now - ago.Nearest(Round(ago));
            if (starts.And(new Moments(now - ago.To, now - ago.From)) is { IsEmpty: false } those && Math.Abs(those.Nearest(wanted) - wanted) < away)
            {
                (best, away) = (those.Nearest(wanted), Math.Abs(those.Nearest(wanted) - wanted));
            }
        }

        return best is { } start ? new DateTimeOffset(start, TimeSpan.Zero) : null;
    }

    // A second beside the end of a span is read more easily than a tick.
    private static long Round(Moments ago) => ago.From > Moments.All.From - Moments.All.To ? ago.From + TimeSpan.TicksPerSecond - 1 : ago.To - TimeSpan.TicksPerSecond + 1;
}
