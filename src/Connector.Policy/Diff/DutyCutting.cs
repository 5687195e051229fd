namespace Connector.Policies.Diff;

/// <summary>What can be known of the duties that come first, by their actions: nothing, that one was done in time, or when, as far as their bounds tell instants apart.</summary>
internal static class DutyCutting
{
    public static IEnumerable<Dimension> Cut(params ReadOnlySpan<Policy> policies)
    {
        var duties = new List<Duty>();
        foreach (var policy in policies)
        {
            duties.AddRange(policy.Permissions.SelectMany(p => p.Duties).Concat(policy.Obligations).SelectMany(WithConsequences));
        }

        return duties.Where(d => Duties.TimingOf(d) == DutyTiming.Before).GroupBy(d => d.Action, Of, StringComparer.Ordinal);
    }

    private static Dimension Of(string action, IEnumerable<Duty> duties)
    {
        var bounds = duties.SelectMany(d => DutyDue.Of(d, DutyEvents.None, null) is { } due ? [due.At] : Array.Empty<DateTimeOffset>());

        // Before the first bound, and where nobody knows when, it was in time.
        var late = OrderCutting.Around(bounds).Skip(1).Select(at => Done($"{action} is done at {Spans.Text(at)}", new Fulfilment(action, at)));
        return new Dimension($"duty {action}", [Done($"{action} is done", action), new Region($"{action} is not done", r => r), .. late]);
    }

    private static Region Done(string said, Fulfilment fulfilment) => new(said, r => r with { Fulfilled = r.Fulfilled.Add(fulfilment) });

    private static IEnumerable<Duty> WithConsequences(Duty duty) => duty.Consequences.SelectMany(WithConsequences).Prepend(duty);
}
