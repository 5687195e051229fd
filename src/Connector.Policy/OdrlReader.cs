using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Connector.Policies.Yaml;

namespace Connector.Policies;

/// <summary>One reading of ODRL JSON: notes faults and goes on.</summary>
internal sealed class OdrlReader(Vocabulary vocabulary)
{
    private const int MaxRules = 256;
    private const int MaxConstraints = 1024;
    private const int MaxDepth = 16;
    private const int MaxConsequences = 4;
    private const string RdfValue = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value";

    private int _constraints;

    public List<Fault> Faults { get; } = [];

    public static string Name(LogicalOperator op) => op == LogicalOperator.AndSequence ? "andSequence" : op.ToString().ToLowerInvariant();

    public Policy Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            Fault("", "is no JSON object", "give an object with permission, prohibition or obligation");
            return new Policy();
        }

        Refuse(root, "inheritFrom", null, "write the inherited rules out");
        Refuse(root, "conflict", "prohibit", "leave it out: here a prohibition always beats a permission");
        var policy = new Policy
        {
            Profiles = [.. Items(root, "profile").Select(p => Text(p, "profile"))],
            Permissions = [.. Items(root, "permission").Select((p, i) => Permission(p, At("permission", i)))],
            Prohibitions = [.. Items(root, "prohibition").Select((p, i) => Prohibition(p, At("prohibition", i)))],
            Obligations = Duties(root, "obligation", "", 0),
        };
        if (policy.Permissions.IsEmpty && policy.Prohibitions.IsEmpty && Faults.Count == 0)
        {
            Fault("permission", "is missing, and so is prohibition", "free use is permission: [ { action: use } ]");
        }

        return policy;
    }

    private void Refuse(JsonElement root, string name, string? allowed, string mend)
    {
        if (root.TryGetProperty(name, out var found) && (allowed is null || Id(found) is not { } text || text[(text.LastIndexOfAny(['/', ':']) + 1)..] != allowed))
        {
            Fault(name, "is not taken here", mend);
        }
    }

    private Permission Permission(JsonElement json, string path)
    {
        var (action, refinements) = Action(json, path);
        return new Permission(action, Constraints(json, path), Duties(json, "duty", path + ".", 0)) { Refinements = refinements };
    }

    private Prohibition Prohibition(JsonElement json, string path)
    {
        var (action, refinements) = Action(json, path);
        return new Prohibition(action, Constraints(json, path)) { Refinements = refinements, Remedies = Duties(json, "remedy", path + ".", 0) };
    }

    private ImmutableArray<Duty> Duties(JsonElement from, string name, string path, int depth)
    {
        var items = Items(from, name);
        if (depth > MaxConsequences && !items.IsEmpty)
        {
            Fault(path + name, $"nests deeper than {MaxConsequences}", "simplify the policy");
            return [];
        }

        return [.. items.Select((d, i) => Duty(d, path + At(name, i), depth))];
    }

    private Duty Duty(JsonElement json, string path, int depth)
    {
        var (action, refinements) = Action(json, path);
        return new Duty(action, Constraints(json, path)) { Refinements = refinements, Consequences = Duties(json, "consequence", path + ".", depth + 1) };
    }

    // A name, or an object of the name and what narrows it: { "rdf:value": { "@id": … }, "refinement": [ … ] }; an array of one counts as the one.
    private (string Name, ImmutableArray<Constraint> Refinements) Action(JsonElement rule, string path)
    {
        var actions = Items(rule, "action");
        var json = actions.Length == 1 ? actions[0] : default;
        var refined = json.ValueKind == JsonValueKind.Object && !json.TryGetProperty("@id", out _);
        var named = !refined ? json : json.TryGetProperty("rdf:value", out var value) || json.TryGetProperty(RdfValue, out value) ? value : default;
        var text = Id(named);
        if (text is not null && Actions.Find(text) is { } known)
        {
            return (known, refined ? List(json, "refinement", path + ".action", 0) : []);
        }

        var what = actions.Length > 1 ? "names several" : text is null ? "is missing or no text" : $"'{Cut(text)}' is not known";
        Fault(path + ".action", what, text is null ? "give one action such as use" : Fields.Suggest(text, Actions.Known));
        return ("use", []);
    }

    private ImmutableArray<Constraint> Constraints(JsonElement rule, string path) => List(rule, "constraint", path, 0);

    private ImmutableArray<Constraint> List(JsonElement from, string name, string path, int depth) =>
        [.. Items(from, name).Select((c, i) => Constraint(c, $"{path}.{At(name, i)}", depth)).OfType<Constraint>()];

    private Constraint? Constraint(JsonElement json, string path, int depth)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Fault(path, "is no JSON object", "give leftOperand, operator and rightOperand");
        }

        if (depth > MaxDepth || ++_constraints > MaxConstraints)
        {
            return Faults.Exists(f => f.Path == "constraint") ? null : Fault("constraint", $"there are more than {MaxConstraints}, or they nest deeper than {MaxDepth}", "simplify the policy");
        }

        foreach (var op in Enum.GetValues<LogicalOperator>())
        {
            if (json.TryGetProperty(Name(op), out _))
            {
                var operands = List(json, Name(op), path, depth + 1);
                return operands.IsEmpty ? Fault(path, $"{Name(op)} is empty", "give it at least one constraint") : new LogicalConstraint(op, operands);
            }
        }

        return Atomic(json, path);
    }

    private AtomicConstraint? Atomic(JsonElement json, string path)
    {
        var left = json.TryGetProperty("leftOperand", out var l) ? Id(l) : null;
        var name = json.TryGetProperty("operator", out var o) ? Id(o) : null;
        if (left is null || name is null || !json.TryGetProperty("rightOperand", out var right))
        {
            Fault(path, $"{(left is null ? "leftOperand" : name is null ? "operator" : "rightOperand")} is missing or no text", "give leftOperand, operator and rightOperand");
            return null;
        }

        if (vocabulary.ByIri(left) is not { } operand)
        {
            Fault(path + ".leftOperand", $"'{Cut(left)}' is not known", Fields.Suggest(left, Operands.LocalNames));
            return null;
        }

        var bare = name[(name.LastIndexOfAny(['/', ':']) + 1)..];
        if (!Enum.TryParse<ConstraintOperator>(bare, ignoreCase: true, out var op) || int.TryParse(bare, out _))
        {
            Fault(path + ".operator", $"'{Cut(name)}' is not known", Fields.Suggest(bare, [.. Enum.GetValues<ConstraintOperator>().Select(ConstraintRules.Name)]));
            return null;
        }

        var values = Values(right, path);
        if (ConstraintRules.Check(operand, op, values) is { } wrong)
        {
            Fault(path + ".rightOperand", wrong.What, wrong.Mend);
            return null;
        }

        return new AtomicConstraint(operand.Iri, op, values);
    }

    private ImmutableArray<string> Values(JsonElement right, string path) => right.ValueKind switch
    {
        JsonValueKind.Array when right.GetArrayLength() > MaxConstraints => Fault(path + ".rightOperand", "has too many values", "simplify the policy") is null ? [] : [],
        JsonValueKind.Array => [.. right.EnumerateArray().Select(v => Text(v, path + ".rightOperand"))],
        _ => [Text(right, path + ".rightOperand")],
    };

    private string Text(JsonElement json, string path)
    {
        var text = json.ValueKind switch
        {
            JsonValueKind.String => json.GetString(),
            JsonValueKind.Object when json.TryGetProperty("@value", out var value) && value.ValueKind == JsonValueKind.String => value.GetString(),
            JsonValueKind.Object when json.TryGetProperty("@id", out var id) && id.ValueKind == JsonValueKind.String => id.GetString(),
            _ => null,
        };
        if (text is null)
        {
            Fault(path, $"is {json.ValueKind}, not a text", "write values as strings, or as { \"@value\": \"…\", \"@type\": \"…\" }");
        }

        return text ?? "";
    }

    private static string? Id(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Object when json.TryGetProperty("@id", out var id) && id.ValueKind == JsonValueKind.String => id.GetString(),
        _ => null,
    };

    private ImmutableArray<JsonElement> Items(JsonElement from, string name)
    {
        if (from.ValueKind != JsonValueKind.Object || !from.TryGetProperty(name, out var found) || found.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (found.ValueKind != JsonValueKind.Array)
        {
            return [found];
        }

        if (found.GetArrayLength() > MaxRules)
        {
            Fault(name, $"has more than {MaxRules} entries", "simplify the policy");
            return [];
        }

        return [.. found.EnumerateArray()];
    }

    private Constraint? Fault(string path, string message, string mend)
    {
        Faults.Add(new Fault(null, 0, 0, path, message, mend));
        return null;
    }

    private static string At(string name, int index) => string.Create(CultureInfo.InvariantCulture, $"{name}[{index}]");

    private static string Cut(string text) => text.Length <= 100 ? text : text[..100] + "…";
}
