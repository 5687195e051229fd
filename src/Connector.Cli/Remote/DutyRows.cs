using Connector.Management.V1;
using Spectre.Console;

namespace Connector.Cli.Remote;

/// <summary>Shows how it stands with the duties of an agreement.</summary>
internal static class DutyRows
{
    public static void Write(IAnsiConsole console, Agreement agreement)
    {
        if (agreement.Duties.Count == 0)
        {
            return;
        }

        console.WriteLine("\nduties:");
        Rows.Write(
            console,
            agreement.Duties,
            "none",
            ("DUTY", d => d.Action),
            ("PLACE", d => d.Place),
            ("STATE", State),
            ("DUE", d => Rows.Time(d.DueAt)),
            ("DONE", d => Rows.Time(d.FulfilledAt)),
            ("WHAT", d => d.Note.Length == 0 ? d.Text : $"{d.Text} ({d.Note})"));
        if (agreement.Duties.FirstOrDefault(d => d.Withholds && d.State is "OPEN" or "OVERDUE") is { } first)
        {
            console.WriteLine(agreement.Role == "PROVIDER"
                ? $"\nno data flows before it is done; once it is: connector fulfil {agreement.Id} '{first.Place}'"
                : "\nno data flows before it is done, and the provider has recorded that");
        }
    }

    /// <summary>What an agreement in a list waits for, or would in vain; empty when it waits for nothing.</summary>
    public static string Waits(Agreement agreement)
    {
        var withholding = agreement.End is null ? agreement.Duties.Where(d => d.Withholds).ToLookup(d => d.State == "FULFILLED_LATE", d => d.Action) : null;
        return withholding is null or { Count: 0 } ? ""
            : withholding[true].Any() ? $"no data: {Listed(withholding[true])} was done too late"
            : $"no data before {Listed(withholding[false])}";

        static string Listed(IEnumerable<string> actions) => string.Join(", ", actions.Distinct());
    }

    private static string State(Duty duty) => duty.State switch
    {
        "OPEN" when duty.Withholds => "open, comes first",
        "OVERDUE" when duty.Withholds => "overdue, comes first",
        "FULFILLED_LATE" when duty.Withholds => "done too late",
        "FULFILLED_LATE" => "done late",
        "NOT_OWED" => "not owed yet",
        "ONGOING" => "owed all the while",
        var other => other.ToLowerInvariant(),
    };
}
