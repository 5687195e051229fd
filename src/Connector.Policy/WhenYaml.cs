using System.Collections.Immutable;
using Connector.Policies.Yaml;

namespace Connector.Policies;

/// <summary>The conditions of a rule in a policy file: a list of which all must hold, nested with <c>all</c>, <c>any</c> <c>oneOf</c> and <c>inOrder</c>.</summary>
internal sealed class WhenYaml(Vocabulary vocabulary)
{
    private static readonly string[] s_nesting = ["all", "any", "oneOf", "inOrder"];

    /// <summary>The words of conditions that are no operands.</summary>
    public static IReadOnlyCollection<string> Reserved { get; } = [.. s_nesting, "claim"];

    /// <param name="key">The key of the list, <c>when</c> or <c>refine</c>.</param>
    public ImmutableArray<Constraint> Read(Fields rule, string key) => [.. rule.Sections(key).SelectMany(Conditions)];

    private IEnumerable<Constraint> Conditions(Fields item)
    {
        foreach (var entry in item.Node.Entries)
        {
            foreach (var constraint in Condition(item, entry))
            {
                yield return constraint;
            }
        }
    }

    private ImmutableArray<Constraint> Condition(Fields item, YamlEntry entry)
    {
        switch (entry.Key)
        {
            case "all" or "any" or "oneOf" or "inOrder":
                return Nested(item, entry);
            case "claim":
                return Claim(item, entry);
        }

        if (vocabulary.ByWord(entry.Key) is not { } operand)
        {
            item.Fault(entry.KeyNode, entry.Key, $"'{Fields.Shown(entry.Key)}' is not known", Fields.Suggest(entry.Key, [.. vocabulary.Words, .. Reserved]));
            return [];
        }

        return Comparison(item, entry, operand);
    }

    private ImmutableArray<Constraint> Nested(Fields item, YamlEntry entry)
    {
        var op = entry.Key switch
        {
            "all" => LogicalOperator.And,
            "any" => LogicalOperator.Or,
            "inOrder" => LogicalOperator.AndSequence,
            _ => LogicalOperator.Xone,
        };

        // Several keys in one item hold together, inside an `any` as everywhere.
        var operands = item.Sections(entry.Key).Select(s => Conditions(s).ToImmutableArray()).Where(c => !c.IsEmpty)
            .Select(c => c.Length == 1 ? c[0] : new LogicalConstraint(LogicalOperator.And, c)).ToImmutableArray();
        if (operands.IsEmpty)
        {
            item.Fault(entry.Value, entry.Key, "is empty", "give it a list of conditions");
            return [];
        }

        return [new LogicalConstraint(op, operands)];
    }

    private static ImmutableArray<Constraint> Claim(Fields item, YamlEntry entry)
    {
        if (item.Section(entry.Key) is not { } claim)
        {
            item.Fault(entry.Value, entry.Key, "is no mapping", "write claim: { name: …, is: … }");
            return [];
        }

        var name = claim.Required("name", "name the claim");
        return name.Length == 0 ? [] : Operators(claim, Operands.Claim(name), extra: "name");
    }

    private static ImmutableArray<Constraint> Comparison(Fields item, YamlEntry entry, Operand operand) => entry.Value switch
    {
        YamlScalar { Value.Length: > 0 } scalar => Checked(item, entry.Value, entry.Key, operand, ConstraintOperator.Eq, [scalar.Value]),
        YamlSequence sequence => Checked(item, sequence, entry.Key, operand, ConstraintOperator.IsAnyOf, item.Texts(sequence, entry.Key)),
        YamlMapping => Operators(item.Section(entry.Key)!, operand, extra: null),
        _ => Missing(item, entry),
    };

    private static ImmutableArray<Constraint> Missing(Fields item, YamlEntry entry)
    {
        item.Fault(entry.Value, entry.Key, "has no value", "write a value after the colon");
        return [];
    }

    private static ImmutableArray<Constraint> Operators(Fields fields, Operand operand, string? extra)
    {
        var constraints = ImmutableArray.CreateBuilder<Constraint>();
        foreach (var (key, op) in OperatorWords.Of(operand))
        {
            if (fields.Find(key) is { } node)
            {
                constraints.AddRange(Checked(fields, node, key, operand, op, fields.Texts(node, key)));
            }
        }

        fields.Close();
        if (constraints.Count == 0 && fields.Node.Entries.All(e => e.Key == extra))
        {
            fields.Fault(fields.Node, "", "compares with nothing", $"give {string.Join(", ", OperatorWords.Of(operand).Select(w => w.Word))}");
        }

        return constraints.ToImmutable();
    }

    private static ImmutableArray<Constraint> Checked(Fields fields, YamlNode at, string key, Operand operand, ConstraintOperator op, ImmutableArray<string> values)
    {
        // What is no text has a fault of its own.
        if (values.Length < (at is YamlSequence list ? list.Items.Count : 1))
        {
            return [];
        }

        if (ConstraintRules.Check(operand, op, values) is { } wrong)
        {
            fields.Fault(at, key, wrong.What, wrong.Mend);
            return [];
        }

        return [new AtomicConstraint(operand.Iri, op, values)];
    }
}
