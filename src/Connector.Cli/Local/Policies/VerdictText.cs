using System.Text.Json.Nodes;
using Spectre.Console;

namespace Connector.Cli.Local.Policies;

/// <summary>A verdict with its trace, as lines or as a tree of rules.</summary>
internal static class VerdictText
{
    public static void Write(IAnsiConsole console, string about, JsonNode verdict, bool tree)
    {
        var heading = $"{about}\n{(verdict["permitted"]!.GetValue<bool>() ? "permitted" : $"refused ({verdict["code"]})")}: {verdict["reason"]}";
        var steps = verdict["trace"]!.AsArray().OfType<JsonObject>().ToList();
        if (tree)
        {
            var root = new Tree(Markup.Escape(heading));
            foreach (var rule in steps.GroupBy(s => (string)s["rule"]!, StringComparer.Ordinal))
            {
                root.AddNode(Markup.Escape(rule.Key)).AddNodes(rule.Select(s => Markup.Escape($"{s["condition"]} {Outcome(s)}: {Compared(s)}")));
            }

            console.Write(root);
            return;
        }

        console.WriteLine(heading);
        foreach (var step in steps)
        {
            console.WriteLine($"  {step["rule"],-12}{step["condition"],-20}{Outcome(step),-16}{Compared(step)}");
        }
    }

    private static string Outcome(JsonObject step) => (string?)step["outcome"] switch
    {
        nameof(Connector.Policies.Outcome.Satisfied) => "holds",
        nameof(Connector.Policies.Outcome.Unsatisfied) => "does not hold",
        nameof(Connector.Policies.Outcome.NotKnown) => "not known",
        nameof(Connector.Policies.Outcome.NotEnforcedHere) => "not asked here",
        var other => other ?? "",
    };

    // Where nothing was looked for, nothing can have been found.
    private static string Compared(JsonObject step) => $"{(step["rule"]!.ToString().StartsWith("forbid", StringComparison.Ordinal) ? "forbidden" : "expected")} {step["expected"]}" + (step["outcome"]?.ToString() == nameof(Connector.Policies.Outcome.NotEnforcedHere)
        ? ""
        : $"; found {step["found"]?.ToString() ?? "nothing"}{(step["source"] is { } source ? $" ({source})" : "")}");
}
