using System.Collections.Immutable;

namespace Connector.Policies;

/// <summary>How it stands with a duty.</summary>
public enum DutyState
{
    /// <summary>Nothing is owed yet: its event has not happened, or the duty that it follows from was not missed.</summary>
    NotOwed,

    /// <summary>It is to be done.</summary>
    Open,

    /// <summary>It is to be done, and should have been by now.</summary>
    Overdue,

    /// <summary>It was done in time.</summary>
    Fulfilled,

    /// <summary>It was done, after it was due.</summary>
    FulfilledLate,

    /// <summary>It is owed all the while the data is used, so that it is never over and done with.</summary>
    Ongoing,
}

/// <summary>How it stands with one duty at one moment.</summary>
/// <param name="Place">In the words of policy files, such as <c>permit[0].then[1]</c>.</param>
/// <param name="ComesFirst">Whether it is owed before data flows; a consequence is when the duty that it follows from is, and was missed.</param>
/// <param name="Due">By when it must be done; null when it has no due instant, or none that is known.</param>
/// <param name="FulfilledAt">When it was done; null when it is not known to be.</param>
public sealed record DutyStanding(string Place, Duty Duty, bool ComesFirst, DutyState State, DutyDue? Due, DateTimeOffset? FulfilledAt)
{
    /// <summary>Whether the permissions that it is on allow nothing for it: it comes first, and is not done, or was done late and nothing makes that good.</summary>
    public bool IsMissing => ComesFirst && (State is DutyState.Open or DutyState.Overdue || (State == DutyState.FulfilledLate && Duty.Consequences.IsEmpty));

    /// <summary>Whether it is on this permission: as one of its own, or as an obligation, which is on every one.</summary>
    internal bool IsOn(string permission) => Place.StartsWith("oblige[", StringComparison.Ordinal) || Place.StartsWith($"{permission}.", StringComparison.Ordinal);

    /// <summary>Every duty of a policy, each followed by its consequences.</summary>
    /// <param name="signedAt">When the agreement was signed; null when there is none.</param>
    public static ImmutableArray<DutyStanding> Of(Policy policy, ImmutableArray<Fulfilment> fulfilled, DutyEvents events, DateTimeOffset? signedAt, DateTimeOffset now)
    {
        var all = ImmutableArray.CreateBuilder<DutyStanding>();
        foreach (var duty in PlacedDuty.Of(policy))
        {
            Add(duty, signedAt, owed: true, first: true);
        }

        return all.DrainToImmutable();

        void Add(PlacedDuty placed, DateTimeOffset? start, bool owed, bool first)
        {
            var timing = Duties.TimingOf(placed.Duty);
            first &= owed && timing == DutyTiming.Before;
            var due = DutyDue.Of(placed.Duty, events, start);
            var at = placed.DoneAt(fulfilled);
            var state = at is { } done ? (due?.IsPast(done) == true ? DutyState.FulfilledLate : DutyState.Fulfilled)
                : timing == DutyTiming.During ? DutyState.Ongoing
                : !owed || events.Await(placed.Duty) ? DutyState.NotOwed
                : due?.IsPast(now) == true ? DutyState.Overdue
                : DutyState.Open;
            all.Add(new DutyStanding(placed.Place, placed.Duty, first, state, due, at));
            foreach (var consequence in placed.Consequences)
            {
                Add(consequence, due?.At, state is DutyState.Overdue or DutyState.FulfilledLate, first);
            }
        }
    }
}
