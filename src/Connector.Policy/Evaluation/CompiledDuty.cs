using System.Collections.Immutable;

namespace Connector.Policies;

/// <summary>A duty that comes first, ready to be asked for. Whether it was done in time is told by the clock alone, for what is counted from an event is owed afterwards.</summary>
internal sealed class CompiledDuty
{
    private readonly PlacedDuty _duty;
    private readonly DutyDue? _due;
    private readonly CompiledDuty[] _consequences;

    private CompiledDuty(PlacedDuty duty) => (_duty, _due, _consequences) = (duty, DutyDue.Of(duty.Duty, DutyEvents.None, null), First(duty.Consequences));

    public static CompiledDuty[] First(ImmutableArray<PlacedDuty> duties) => [.. duties.Where(d => Duties.TimingOf(d.Duty) == DutyTiming.Before).Select(d => new CompiledDuty(d))];

    /// <summary>Whether it is fulfilled: done in time, or done late and so are its consequences.</summary>
    public Outcome Ask(ImmutableArray<Fulfilment> fulfilled, Tracing? trace)
    {
        var done = _duty.DoneAt(fulfilled);
        var late = done is { } at && _due?.IsPast(at) == true;
        var outcome = done is null ? Outcome.NotKnown : late && _duty.Consequences.IsEmpty ? Outcome.Unsatisfied : Outcome.Satisfied;
        trace?.Step(_duty.Duty.Action, outcome, Expected(), Found(done, late && outcome == Outcome.Satisfied), Tracing.Record);
        if (outcome != Outcome.Satisfied || !late)
        {
            return outcome;
        }

        foreach (var consequence in _consequences)
        {
            outcome = consequence.Ask(fulfilled, trace);
            if (outcome != Outcome.Satisfied)
            {
                return outcome;
            }
        }

        return Outcome.Satisfied;
    }

    private static string? Found(DateTimeOffset? done, bool madeGood) => done is not { } at ? null
        : at == DateTimeOffset.MinValue ? "fulfilled in time"
        : $"fulfilled on {Spans.Text(at)}{(madeGood ? ", late: its consequences are asked too" : "")}";

    private string Expected() => _due is not { } due ? "is fulfilled first" : $"is fulfilled first, {(due.Includes ? "until" : "before")} {Spans.Text(due.At)}";
}
