using Connector.Policies.Yaml;

namespace Connector.Policies;

/// <summary>One reading of a policy document.</summary>
internal sealed class PolicyReader(Vocabulary vocabulary)
{
    /// <summary>The words that say when a duty is due, and the constraints that they stand for.</summary>
    public static readonly (string Word, string Operand, ConstraintOperator Operator)[] DueWords =
    [
        ("within", Operands.ElapsedTime, ConstraintOperator.Lteq), ("before", Operands.DateTime, ConstraintOperator.Lt), ("after", Operands.Event, ConstraintOperator.Gt),
    ];

    private readonly WhenYaml _when = new(vocabulary);

    public PolicyDocument Read(Fields document)
    {
        var name = document.Name();
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

        if (PolicyBounds.Exceeded(policy) is { } exceeded)
        {
            document.Fault(document.Node, "", exceeded, "simplify the policy, or split it");
        }

        return new PolicyDocument(name, title, policy) { Vocabulary = vocabulary };
    }

    private Permission Permission(Fields rule)
    {
        var permission = new Permission(Action(rule), _when.Read(rule, "when"), [.. rule.Sections("then").SelectMany(Duties)]) { Refinements = _when.Read(rule, "refine") };
        rule.Close();
        return permission;
    }

    private Prohibition Prohibition(Fields rule)
    {
        var prohibition = new Prohibition(Action(rule), _when.Read(rule, "when")) { Refinements = _when.Read(rule, "refine"), Remedies = [.. rule.Sections("remedy").SelectMany(Duties)] };
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

        rule.Fault(rule.Find("action")!, "action", $"'{Fields.Shown(text)}' is not known", Fields.Suggest(text, Actions.Known));
        return "use";
    }

    // A duty is a mapping of an action to when it is due: { delete: { within: P30D, after: agreementEnd } }.
    private IEnumerable<Duty> Duties(Fields item)
    {
        foreach (var entry in item.Node.Entries)
        {
            if (Actions.Find(entry.Key) is not { } action)
            {
                item.Fault(entry.KeyNode, entry.Key, $"'{Fields.Shown(entry.Key)}' is no action", Fields.Suggest(entry.Key, Actions.Known));
                continue;
            }

            yield return item.Section(entry.Key) is { } due ? Duty(action, due) : new Duty(action, []);
        }
    }

    private Duty Duty(string action, Fields due)
    {
        var duty = new Duty(action, [.. Due(due), .. _when.Read(due, "when")]) { Refinements = _when.Read(due, "refine"), Consequences = [.. due.Sections("otherwise").SelectMany(Duties)] };
        due.Close();
        return duty;
    }

    private static IEnumerable<Constraint> Due(Fields due)
    {
        foreach (var (word, iri, op) in DueWords)
        {
            if (due.Text(word) is not { } value)
            {
                continue;
            }

            if (ConstraintRules.Check(Operands.ByIri(iri)!, op, [value]) is { } wrong)
            {
                due.Fault(due.Find(word)!, word, wrong.What, wrong.Mend);
                continue;
            }

            yield return new AtomicConstraint(iri, op, [value]);
        }
    }
}
