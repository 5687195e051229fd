using System.Text.Json.Nodes;
using Connector.Policies.Render;
using static Connector.Policies.Schemas.Schema;

namespace Connector.Policies.Schemas;

/// <summary>Conditions: every operand with the words by which it may be compared, as <see cref="WhenYaml"/> reads them.</summary>
internal static class ConditionSchema
{
    /// <summary>The definition of a list of conditions.</summary>
    public const string Name = "conditions";

    private const string Instant = @"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})$";
    private const string Duration = @"^P(?!$)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$";
    private const string Number = @"^[+-]?(\d+(\.\d*)?|\.\d+)$";

    public static void AddTo(JsonObject definitions, Vocabulary vocabulary)
    {
        var words = new JsonObject
        {
            ["all"] = Nested("All of these hold."),
            ["any"] = Nested("At least one of these holds."),
            ["oneOf"] = Nested("Exactly one of these holds."),
            ["inOrder"] = Nested("All of these hold, one after the other in this order."),
            ["claim"] = Words(Operands.Claim("any"), "name").Said("A verified claim that has no word of its own, by its name."),
        };
        foreach (var operand in Operands.All.Concat(vocabulary.Added))
        {
            words[operand.Word] = Ref(Comparison(definitions, operand)).Said(About(operand));
        }

        definitions["instant"] = Text(Instant);
        definitions["span"] = Text(Duration);
        definitions["number"] = new JsonObject { ["type"] = Array("number", "string"), ["pattern"] = Number };
        definitions["condition"] = Some(Mapping(words));
        definitions[Name] = ListOf(Ref("condition"));
    }

    // Operands that are compared alike share one definition.
    private static string Comparison(JsonObject definitions, Operand operand)
    {
        var name = operand.Hierarchy is not null
            ? $"comparison-of-{operand.Word}"
            : $"comparison-of-{operand.Type.ToString().ToLowerInvariant()}-by-{string.Join('-', operand.Operators.Order().Select(ConstraintRules.Name))}";
        definitions[name] ??= AnyOf(Choices(operand));
        return name;
    }

    private static IEnumerable<JsonObject> Choices(Operand operand)
    {
        if (operand.Operators.Contains(ConstraintOperator.Eq))
        {
            yield return Value(operand);
        }

        if (operand.Operators.Contains(ConstraintOperator.IsAnyOf))
        {
            yield return new JsonObject { ["type"] = "array", ["items"] = Value(operand), ["minItems"] = 1 };
        }

        yield return Words(operand);
    }

    private static JsonObject Words(Operand operand, string? extra = null)
    {
        var properties = new JsonObject();
        if (extra is not null)
        {
            properties[extra] = Text();
        }

        foreach (var (word, op) in OperatorWords.Of(operand))
        {
            properties[word] = (ConstraintRules.IsSet(op) ? SomeOf(Value(operand)) : Value(operand)).Said(Says(op));
        }

        return extra is null ? Some(Mapping(properties)) : Some(Mapping(properties, extra), 2);
    }

    private static JsonObject Value(Operand operand) => operand switch
    {
        { Type: OperandType.Instant } => Ref("instant"),
        { Type: OperandType.Duration } => Ref("span"),
        { Type: OperandType.Number } => Ref("number"),
        { Hierarchy: { } known } => Suggesting(known.Known.Order(StringComparer.Ordinal)),
        _ => Text(),
    };

    private static JsonObject Nested(string says) => SomeOf(Ref("condition")).Said(says);

    private static string About(Operand operand)
    {
        var name = Names.English(operand).TrimEnd(',');
        var japanese = Names.Japanese(operand);
        var source = operand.Source switch
        {
            FactSource.Contract => "Agreed by contract; no machine checks it.",
            FactSource.Claim => $"A verified claim ('{operand.ClaimName}').",
            FactSource.Participant => "Known of whoever is authenticated.",
            FactSource.Purpose => "Declared by the consumer when it asks.",
            FactSource.Clock => "By the clock, with an offset.",
            FactSource.SinceAgreement => "Counted from the signature of the agreement.",
            FactSource.SinceLastUse => "Counted from the last use.",
            _ => "Observed of this one use.",
        };
        var points = operand.Points.Count == 0 ? "" : $" Asked at: {string.Join(", ", operand.Points.Order().Select(p => p.ToString().ToLowerInvariant()))}.";
        return $"{char.ToUpperInvariant(name[0])}{name[1..]} ({japanese}). {source}{points} In ODRL: {operand.Iri}";
    }

    private static string Says(ConstraintOperator op) => op switch
    {
        ConstraintOperator.Eq => "Is this.",
        ConstraintOperator.Neq => "Is not this.",
        ConstraintOperator.Lt => "Less, or earlier, than this; this left out.",
        ConstraintOperator.Lteq => "At most, or until, this; this included.",
        ConstraintOperator.Gt => "More, or later, than this; this left out.",
        ConstraintOperator.Gteq => "At least, or from, this; this included.",
        ConstraintOperator.IsA => "Is of this kind.",
        ConstraintOperator.HasPart => "Contains this.",
        ConstraintOperator.IsPartOf => "Lies within this.",
        ConstraintOperator.IsAllOf => "Includes all of these.",
        ConstraintOperator.IsAnyOf => "Is one of these.",
        _ => "Is none of these.",
    };
}
