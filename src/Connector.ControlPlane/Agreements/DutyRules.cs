using System.Collections.Immutable;
using Connector.Policies;

namespace Connector.ControlPlane.Agreements;

/// <summary>Which duties of an agreement can be recorded as fulfilled: those that are on it, are owed, and can be over and done with.</summary>
public static class DutyRules
{
    /// <summary>Records that a duty is fulfilled. What is recorded already stays as it is: the first record is the one that counts.</summary>
    /// <param name="duties">How it stands with the agreement's duties.</param>
    /// <param name="named">The duty's place; or its action, where no other duty has the same.</param>
    /// <returns>The record; of a duty that was recorded before, that record.</returns>
    public static Result<DutyRecord> Record(Agreement agreement, ImmutableArray<DutyStanding> duties, string named, DateTimeOffset at, string? note, DateTimeOffset now)
    {
        var meant = duties.Where(d => d.Place == named || d.Duty.Action == named).ToList();
        if (meant is not [var duty])
        {
            return meant.Count == 0 ? Unknown(agreement, duties, named) : Refusal.Malformed("duty", $"'{named}' names {meant.Count} duties of the agreement: {Listed(meant)}", "name the one that you mean by its place");
        }

        if (agreement.Duties.FirstOrDefault(d => d.Duty == duty.Place) is { } recorded)
        {
            return recorded;
        }

        if (at > now)
        {
            return Refusal.Malformed("at", $"{Spans.Text(at)} is not over yet, it is {Spans.Text(now)}", "record what was done once it was done");
        }

        // What data waits for needs nobody when no more data flows; what is owed afterwards is owed then above all.
        if (duty.ComesFirst && AgreementRules.Check(agreement) is { } ended)
        {
            return ended;
        }

        return duty.State switch
        {
            DutyState.Ongoing => Not("duty-ongoing", $"'{named}' is owed for as long as the data is used, so that it is never over and done with", "nothing is to be recorded; whoever breaks it is told so, or the agreement is terminated"),
            DutyState.NotOwed => Not("duty-not-owed", $"'{named}' is not owed yet: the event that it is counted from has not happened, or the duty that it follows from was not missed", "record it when it is owed and done; 'get agreements' shows how it stands"),
            _ => new DutyRecord(duty.Place, duty.Duty.Action, at, now, note),
        };
    }

    private static Refusal Unknown(Agreement agreement, ImmutableArray<DutyStanding> duties, string named) => new(
        RefusalKind.NotFound,
        "duty-unknown",
        duties.IsEmpty ? $"agreement '{agreement.Id}' has no duties, and so not '{named}'" : $"agreement '{agreement.Id}' has no duty '{named}'; its duties are {Listed(duties)}",
        "duty",
        duties.IsEmpty ? "there is nothing to record" : "name one of these by its action or its place");

    private static string Listed(IEnumerable<DutyStanding> duties) => string.Join(", ", duties.Select(d => $"{d.Duty.Action} ({d.Place})"));

    private static Refusal Not(string code, string message, string mend) => new(RefusalKind.InvalidTransition, code, message, "duty", mend);
}
