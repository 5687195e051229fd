using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Connector.Policies.Yaml;

namespace Connector.Policies;

/// <summary>One reading of ODRL JSON: notes faults and goes on.</summary>
internal sealed class OdrlReader(Vocabulary vocabulary)
{
    private const string Odrl = "http://www.w3.org/ns/odrl/2/";
    private const string RdfValue = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value";

    private int _constraints;
    private JsonElement _root;

    public List<Fault> Faults { get; } = [];

    public static string Name(LogicalOperator op) => op == LogicalOperator.AndSequence ? "andSequence" : op.ToString().ToLowerInvariant();

    public Policy Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            Fault("", "is no JSON object", "give an object with permission, prohibition or obligation");
            return new Policy();
        }

        _root = root;
        Known(root, "", "profile", "permission", "prohibition", "obligation", "inheritFrom", "conflict", "target", "assigner", "assignee", "timestamp");
        Refuse(root, "inheritFrom", null, "write the inherited rules out");
        Refuse(root, "conflict", "prohibit", "leave it out: here a prohibition always beats a permission");
        var policy = new Policy
        {
            Profiles = [.. Items(root, "profile").Select(p => Text(p, "profile")).OfType<string>()],
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

    // What this reader does not know would be lost, and with it what it says: a unit, a target of one rule, a misspelt prohibition.
    // Ids and types of JSON-LD and what other vocabularies tell of a policy decide nothing.
    private void Known(JsonElement json, string path, params ReadOnlySpan<string> names)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var member in json.EnumerateObject())
        {
            var foreign = member.Name.Contains(':', StringComparison.Ordinal) && !member.Name.StartsWith("odrl:", StringComparison.Ordinal) && !member.Name.StartsWith(Odrl, StringComparison.Ordinal);
            if (!names.Contains(member.Name) && !foreign && !Repeats(member) && !(member.Name.StartsWith('@') && member.Name != "@language") && member.Value.ValueKind != JsonValueKind.Null)
            {
                Fault(path.Length == 0 ? Cut(member.Name) : $"{path}.{Cut(member.Name)}", "is not known here", Fields.Suggest(member.Name, names.ToArray()));
            }
        }
    }

    // Older connectors say the target and the parties of the policy with each rule once more.
    private bool Repeats(JsonProperty member) => member.Name is "target" or "assigner" or "assignee"
        && Id(member.Value) is { } said && _root.TryGetProperty(member.Name, out var whole) && Id(whole) == said;

    private void Refuse(JsonElement root, string name, string? allowed, string mend)
    {
        if (root.TryGetProperty(name, out var found) && (allowed is null || Id(found) is not { } text || Bare(text) != allowed))
        {
            Fault(name, "is not taken here", mend);
        }
    }

    private Permission Permission(JsonElement json, string path)
    {
        Known(json, path, "action", "constraint", "duty");
        var (action, refinements) = Action(json, path);
        return new Permission(action, Constraints(json, path), Duties(json, "duty", path + ".", 0)) { Refinements = refinements };
    }

    private Prohibition Prohibition(JsonElement json, string path)
    {
        Known(json, path, "action", "constraint", "remedy");
        var (action, refinements) = Action(json, path);
        return new Prohibition(action, Constraints(json, path)) { Refinements = refinements, Remedies = Duties(json, "remedy", path + ".", 0) };
    }

    private ImmutableArray<Duty> Duties(JsonElement from, string name, string path, int depth)
    {
        var items = Items(from, name);
        if (depth > PolicyBounds.Consequences && !items.IsEmpty)
        {
            Fault(path + name, $"nests deeper than {PolicyBounds.Consequences}", "simplify the policy");
            return [];
        }

        return [.. items.Select((d, i) => Duty(d, path + At(name, i), depth))];
    }

    private Duty Duty(JsonElement json, string path, int depth)
    {
        Known(json, path, "action", "constraint", "consequence");
        var (action, refinements) = Action(json, path);
        return new Duty(action, Constraints(json, path)) { Refinements = refinements, Consequences = Duties(json, "consequence", path + ".", depth + 1) };
    }

    // A name, or an object of the name (its own or as value) and what narrows it: { "rdf:value": { "@id": … }, "refinement": [ … ] }; an array of one counts as the one.
    private (string Name, ImmutableArray<Constraint> Refinements) Action(JsonElement rule, string path)
    {
        var actions = Items(rule, "action");
        var json = actions.Length == 1 ? actions[0] : default;
        var isObject = json.ValueKind == JsonValueKind.Object;
        if (isObject)
        {
            Known(json, path + ".action", "refinement");
        }

        var named = !isObject || json.TryGetProperty("@id", out _) ? json : json.TryGetProperty("rdf:value", out var value) || json.TryGetProperty(RdfValue, out value) ? value : default;
        var text = Id(named);
        if (text is not null && Actions.Find(text) is { } known)
        {
            return (known, isObject ? List(json, "refinement", path + ".action", 0) : []);
        }

        var what = actions.Length > 1 ? "names several" : text is null ? "is missing or no text" : $"'{Cut(text)}' is not known";
        Fault(path + ".action", what, text is null ? "give one action such as use" : Fields.Suggest(Bare(text), Actions.Known));
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

        if (depth > PolicyBounds.Nesting || ++_constraints > PolicyBounds.Constraints)
        {
            return Faults.Exists(f => f.Path == "constraint") ? null : Fault("constraint", $"there are more than {PolicyBounds.Constraints}, or they nest deeper than {PolicyBounds.Nesting}", "simplify the policy");
        }

        foreach (var op in Enum.GetValues<LogicalOperator>())
        {
            if (json.TryGetProperty(Name(op), out _))
            {
                Known(json, path, Name(op));
                var operands = List(json, Name(op), path, depth + 1);
                return !operands.IsEmpty ? new LogicalConstraint(op, operands) : Items(json, Name(op)).IsEmpty ? Fault(path, $"{Name(op)} is empty", "give it at least one constraint") : null;
            }
        }

        return Atomic(json, path);
    }

    private AtomicConstraint? Atomic(JsonElement json, string path)
    {
        Known(json, path, "leftOperand", "operator", "rightOperand");
        var left = json.TryGetProperty("leftOperand", out var l) ? Id(l) : null;
        var name = json.TryGetProperty("operator", out var o) ? Id(o) : null;
        if (left is null || name is null || !json.TryGetProperty("rightOperand", out var right))
        {
            Fault(path, $"{(left is null ? "leftOperand" : name is null ? "operator" : "rightOperand")} is missing or no text", "give leftOperand, operator and rightOperand");
            return null;
        }

        if (vocabulary.ByIri(left) is not { } operand)
        {
            string[] known = [.. Operands.LocalNames, .. vocabulary.Added.Select(o => o.Iri)];
            Fault(path + ".leftOperand", $"'{Cut(left)}' is not known", Fields.Suggest(Nearest.Of(left, known) is null ? Bare(left) : left, known));
            return null;
        }

        var bare = Bare(name);
        if (!Enum.TryParse<ConstraintOperator>(bare, ignoreCase: true, out var op) || !Enum.IsDefined(op) || !op.ToString().Equals(bare, StringComparison.OrdinalIgnoreCase))
        {
            Fault(path + ".operator", $"'{Cut(name)}' is not known", Fields.Suggest(bare, [.. Enum.GetValues<ConstraintOperator>().Select(ConstraintRules.Name)]));
            return null;
        }

        if (Values(right, path + ".rightOperand", operand.Type == OperandType.Number) is not { } values)
        {
            return null;
        }

        if (ConstraintRules.Check(operand, op, values) is { } wrong)
        {
            Fault(path + ".rightOperand", wrong.What, wrong.Mend);
            return null;
        }

        return new AtomicConstraint(operand.Iri, op, values);
    }

    // Numbers may stand as JSON numbers where numbers are compared (Catena-X profile 25.09); they are written as texts (26.09, DSP).
    private ImmutableArray<string>? Values(JsonElement right, string path, bool numbers)
    {
        ImmutableArray<JsonElement> given = right.ValueKind == JsonValueKind.Array ? [.. right.EnumerateArray()] : [right];
        if (given.Length > PolicyBounds.Values)
        {
            Fault(path, "has too many values", "simplify the policy");
            return null;
        }

        ImmutableArray<string> texts = [.. given.Select(v => Text(v, path, numbers)).OfType<string>()];
        return texts.Length == given.Length ? texts : null;
    }

    private string? Text(JsonElement json, string path, bool numbers = false)
    {
        if (json.ValueKind == JsonValueKind.Object)
        {
            Known(json, path, "@value", "@type", "@id");
        }

        var value = json.ValueKind == JsonValueKind.Object && (json.TryGetProperty("@value", out var inner) || json.TryGetProperty("@id", out inner)) ? inner : json;
        var text = numbers && value.ValueKind == JsonValueKind.Number ? value.GetRawText() : String(value);
        if (text is null)
        {
            var (what, mend) = value.ValueKind == JsonValueKind.String
                ? ("holds control characters or half of a surrogate pair", "write values as strings without control characters")
                : ($"is {json.ValueKind}, not a text", "write values as strings, or as { \"@value\": \"…\", \"@type\": \"…\" }");
            Fault(path, what, mend);
        }

        return text;
    }

    private static string? Id(JsonElement json) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty("@id", out var id) ? String(id) : String(json);

    // Half of a surrogate pair is no text, though JSON can write it. Nor is what policy files cannot hold: it would steer the terminal of whoever reads the policy.
    public static string? String(JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.String && json.GetString() is { } text && !text.AsSpan().ContainsAny(YamlTree.NoCharacters) ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

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

        if (found.GetArrayLength() > PolicyBounds.Rules)
        {
            Fault(name, $"has more than {PolicyBounds.Rules} entries", "simplify the policy");
            return [];
        }

        return [.. found.EnumerateArray()];
    }

    private Constraint? Fault(string path, string message, string mend)
    {
        Faults.Add(new Fault(null, 0, 0, path, message, mend));
        return null;
    }

    // An IRI's last part, a prefixed name's own.
    private static string Bare(string name) => name[(name.LastIndexOfAny(['/', ':']) + 1)..];

    private static string At(string name, int index) => string.Create(CultureInfo.InvariantCulture, $"{name}[{index}]");

    /// <summary>A name or value as paths and faults show it.</summary>
    public static string Cut(string text)
    {
        var cut = text.Length <= 100 ? text : text[..100] + "…";
        return cut.Any(char.IsControl) ? string.Concat(cut.Select(c => char.IsControl(c) ? ' ' : c)) : cut;
    }
}
