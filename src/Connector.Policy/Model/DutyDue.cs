using System.Collections.Frozen;

namespace Connector.Policies;

/// <summary>By when a duty must be done.</summary>
/// <param name="Includes">Whether at that instant itself it is still in time.</param>
public readonly record struct DutyDue(DateTimeOffset At, bool Includes)
{
    public bool IsPast(DateTimeOffset now) => Includes ? now > At : now >= At;

    /// <summary>The earliest of a duty's bounds; null when it has none, or none that is known.</summary>
    /// <param name="start">Where a span begins that is counted from no event; null when that is not known.</param>
    internal static DutyDue? Of(Duty duty, DutyEvents events, DateTimeOffset? start)
    {
        var from = events.StartOf(duty, start);
        return duty.Constraints.OfType<AtomicConstraint>().Select(a => Bound(a, events, from)).OrderBy(b => b?.At ?? DateTimeOffset.MaxValue).ThenBy(b => b?.Includes).FirstOrDefault();
    }

    /// <summary>Whether a duty says by when it is to be done, at whatever instant that may turn out to be.</summary>
    internal static bool IsBounded(Duty duty) => duty.Constraints.OfType<AtomicConstraint>().Any(a => a is
        { LeftOperand: Operands.DateTime, Operator: ConstraintOperator.Lt or ConstraintOperator.Lteq } or { LeftOperand: Operands.ElapsedTime } or { LeftOperand: Operands.Event, Operator: ConstraintOperator.Lt });

    private static DutyDue? Bound(AtomicConstraint atom, DutyEvents events, DateTimeOffset? from) => atom switch
    {
        { LeftOperand: Operands.DateTime, Operator: ConstraintOperator.Lt or ConstraintOperator.Lteq } when Spans.TryInstant(atom.Values[0], out var instant) =>
            new DutyDue(instant, atom.Operator == ConstraintOperator.Lteq),
        { LeftOperand: Operands.ElapsedTime } when from is { } begin && Spans.After(begin, atom.Values[0]) is { } end => new DutyDue(end, atom.Operator != ConstraintOperator.Lt),
        { LeftOperand: Operands.Event, Operator: ConstraintOperator.Lt } when events.Happened(atom.Values[0]) is { } happened => new DutyDue(happened, Includes: false),
        _ => null,
    };
}

/// <summary>What is known of the events that duties are counted from, such as <c>agreementEnd</c>: an instant, null for one that has not happened; what is not here is not known.</summary>
public sealed class DutyEvents(IReadOnlyDictionary<string, DateTimeOffset?> known)
{
    public static DutyEvents None { get; } = new(FrozenDictionary<string, DateTimeOffset?>.Empty);

    internal DateTimeOffset? Happened(string name) => known.GetValueOrDefault(name);

    /// <summary>Whether a duty is counted from an event of which is known that it has not happened.</summary>
    internal bool Await(Duty duty) => From(duty) is { } name && known.TryGetValue(name, out var at) && at is null;

    /// <summary>Where a duty's span begins: at its event, else at the given instant.</summary>
    internal DateTimeOffset? StartOf(Duty duty, DateTimeOffset? otherwise) => From(duty) is { } name ? Happened(name) : otherwise;

    private static string? From(Duty duty) =>
        duty.Constraints.OfType<AtomicConstraint>().FirstOrDefault(a => a is { LeftOperand: Operands.Event, Operator: not ConstraintOperator.Lt })?.Values[0];
}
