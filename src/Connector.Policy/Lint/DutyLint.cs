using System.Globalization;

namespace Connector.Policies.Lint;

/// <summary>Finds duties that say what their writers hardly mean.</summary>
internal static class DutyLint
{
    public static IEnumerable<Finding> Check(PolicySource source, DateTimeOffset now)
    {
        var policy = source.Document.Policy;
        return
        [
            .. policy.Permissions.SelectMany((p, rule) => PlacedDuty.Of(p.Duties, string.Create(CultureInfo.InvariantCulture, $"{PolicySource.Path("permit", rule)}.then")).SelectMany(d => Of(source, "permit", rule, d, now))),
            .. PlacedDuty.Of(policy.Obligations, "oblige").SelectMany((d, rule) => Of(source, "oblige", rule, d, now)),
        ];
    }

    private static IEnumerable<Finding> Of(PolicySource source, string list, int rule, PlacedDuty placed, DateTimeOffset now)
    {
        // Consequences are owed once the duty is overdue, and what has no bound never is (S54).
        if (!placed.Consequences.IsEmpty && !DutyDue.IsBounded(placed.Duty))
        {
            yield return new Finding("unenforced", Severity.Warning, source.At(
                list, rule, $"the consequences of '{placed.Duty.Action}' ({placed.Place}) are never owed: it can be done at any time, and so is never missed", "say by when, with before or within; or make them duties of their own"));
        }

        if (DutyDue.Of(placed.Duty, DutyEvents.None, null) is { } due && due.IsPast(now))
        {
            yield return new Finding("past", Severity.Warning, source.At(
                list, rule, $"'{placed.Duty.Action}' ({placed.Place}) had to be done {(due.Includes ? "until" : "before")} {Spans.Text(due.At)}: whoever signs now is too late", "set a later instant, or count from an event"));
        }

        foreach (var finding in placed.Consequences.SelectMany(c => Of(source, list, rule, c, now)))
        {
            yield return finding;
        }
    }
}
