using System.Collections.Immutable;
using Connector.Policies.Yaml;

namespace Connector.Policies;

/// <summary>A policy as an operator writes it.</summary>
/// <param name="Title">Titles by language tag.</param>
public sealed record PolicyDocument(string Name, ImmutableSortedDictionary<string, string> Title, Policy Policy);

/// <summary>Policy files: the body of a document of <c>kind: Policy</c> (see policies/examples).</summary>
public static class PolicyYaml
{
    /// <summary>Reads the document. What is wrong is noted on the fields; the policy is then not to be used.</summary>
    public static PolicyDocument Read(Fields document)
    {
        var name = document.Required("name", "give the policy a name of letters, digits and '-'");
        var title = document.Words("title");
        var policy = new Policy
        {
            Permissions = [.. document.Sections("permit").Select(Permission)],
            Prohibitions = [.. document.Sections("forbid").Select(Prohibition)],
            Obligations = [.. document.Sections("oblige").SelectMany(Duties)],
            Profiles = document.Texts("profile"),
        };
        if (policy.Permissions.IsEmpty && policy.Prohibitions.IsEmpty)
        {
            document.Fault(document.Node, "permit", "is missing, and so is forbid: this would permit nothing", "free use is permit: [ { action: use } ]");
        }

        return new PolicyDocument(name, title, policy);
    }

    private static Permission Permission(Fields rule)
    {
        var permission = new Permission(Action(rule), WhenYaml.Read(rule), [.. rule.Sections("then").SelectMany(Duties)]);
        rule.Close();
        return permission;
    }

    private static Prohibition Prohibition(Fields rule)
    {
        var prohibition = new Prohibition(Action(rule), WhenYaml.Read(rule));
        rule.Close();
        return prohibition;
    }

    private static string Action(Fields rule)
    {
        var text = rule.Text("action") ?? "use";
        if (Actions.Find(text) is { } action)
        {
            return action;
        }

        rule.Fault(rule.Find("action")!, "action", $"'{text}' is not known", Fields.Suggest(text, Actions.Known));
        return "use";
    }

    // A duty is a mapping of an action to when it is due: { delete: { within: P30D, after: agreementEnd } }.
    private static IEnumerable<Duty> Duties(Fields item)
    {
        foreach (var entry in item.Node.Entries)
        {
            if (Actions.Find(entry.Key) is not { } action)
            {
                item.Fault(entry.Value, entry.Key, $"'{entry.Key}' is no action", Fields.Suggest(entry.Key, Actions.Known));
                continue;
            }

            yield return new Duty(action, item.Section(entry.Key) is { } when ? Due(when) : []);
        }
    }

    private static ImmutableArray<Constraint> Due(Fields when)
    {
        var due = ImmutableArray.CreateBuilder<Constraint>();
        if (when.Text("within") is { } within)
        {
            Add("within", Operands.ElapsedTime, ConstraintOperator.Lteq, within);
        }

        if (when.Text("before") is { } before)
        {
            Add("before", Operands.DateTime, ConstraintOperator.Lt, before);
        }

        if (when.Text("after") is { } after)
        {
            Add("after", Operands.Event, ConstraintOperator.Gt, after);
        }

        when.Close();
        return due.ToImmutable();

        void Add(string key, string operand, ConstraintOperator op, string value)
        {
            if (ConstraintRules.Check(Operands.ByIri(operand)!, op, [value]) is { } wrong)
            {
                when.Fault(when.Find(key)!, key, wrong.What, wrong.Mend);
            }
            else
            {
                due.Add(new AtomicConstraint(operand, op, [value]));
            }
        }
    }
}
