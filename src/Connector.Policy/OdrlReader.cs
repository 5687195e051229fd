using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Connector.Policies.Yaml;

namespace Connector.Policies;

/// <summary>One reading of ODRL JSON: notes faults and goes on.</summary>
internal sealed class OdrlReader
{
    private const int MaxRules = 256;
    private const int MaxConstraints = 1024;
    private const int MaxDepth = 16;

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

        var policy = new Policy
        {
            Profiles = [.. Items(root, "profile").Select(p => Text(p, "profile"))],
            Permissions = [.. Items(root, "permission").Select((p, i) => new Permission(Action(p, At("permission", i)), Constraints(p, At("permission", i)), Duties(p, "duty", At("permission", i) + ".")))],
            Prohibitions = [.. Items(root, "prohibition").Select((p, i) => new Prohibition(Action(p, At("prohibition", i)), Constraints(p, At("prohibition", i))))],
            Obligations = Duties(root, "obligation", ""),
        };
        if (policy.Permissions.IsEmpty && policy.Prohibitions.IsEmpty && Faults.Count == 0)
        {
            Fault("permission", "is missing, and so is prohibition", "free use is permission: [ { action: use } ]");
        }

        return policy;
    }

    private ImmutableArray<Duty> Duties(JsonElement from, string name, string path) =>
        [.. Items(from, name).Select((d, i) => new Duty(Action(d, path + At(name, i)), Constraints(d, path + At(name, i))))];

    private string Action(JsonElement rule, string path)
    {
        var text = rule.ValueKind == JsonValueKind.Object && rule.TryGetProperty("action", out var action) ? Id(action) : null;
        if (text is not null && Actions.Find(text) is { } known)
        {
            return known;
        }

        Fault(path + ".action", text is null ? "is missing or no text" : $"'{Cut(text)}' is not known", text is null ? "give an action such as use" : Fields.Suggest(text, Actions.Known));
        return "use";
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

        if (Operands.ByIri(left) is not { } operand)
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
