using System.Collections.Immutable;
using System.Text;
using Connector.Policies.Yaml;

namespace Connector.Policies;

/// <summary>Writes a policy document as an operator would write it, one condition a line.</summary>
internal sealed class PolicyWriter(Vocabulary vocabulary)
{
    private readonly StringBuilder _text = new();

    public string Write(PolicyDocument document)
    {
        Line(0, "apiVersion: connector/v1");
        Line(0, "kind: Policy");
        Line(0, $"name: {YamlText.Scalar(document.Name)}");
        if (!document.Title.IsEmpty)
        {
            Line(0, $"title: {{ {string.Join(", ", document.Title.Select(t => $"{YamlText.Scalar(t.Key)}: {YamlText.Scalar(t.Value)}"))} }}");
        }

        if (!document.Policy.Profiles.IsEmpty)
        {
            Line(0, $"profile: {YamlText.List(document.Policy.Profiles)}");
        }

        List(0, "permit", document.Policy.Permissions, p =>
        {
            Line(1, $"- action: {p.Action}");
            Conditions(2, "refine", p.Refinements);
            Conditions(2, "when", p.Constraints);
            Duties(2, "then", p.Duties);
        });
        List(0, "forbid", document.Policy.Prohibitions, p =>
        {
            Line(1, $"- action: {p.Action}");
            Conditions(2, "refine", p.Refinements);
            Conditions(2, "when", p.Constraints);
            Duties(2, "remedy", p.Remedies);
        });
        Duties(0, "oblige", document.Policy.Obligations);
        return _text.ToString();
    }

    private void Duties(int depth, string key, ImmutableArray<Duty> duties) => List(depth, key, duties, duty =>
    {
        var rest = duty.Constraints;
        var due = new List<string>();
        foreach (var (word, operand, op) in PolicyReader.DueWords)
        {
            if (rest.FirstOrDefault(c => c is AtomicConstraint a && a.LeftOperand == operand && a.Operator == op) is AtomicConstraint found)
            {
                rest = rest.Remove(found);
                due.Add($"{word}: {YamlText.Scalar(found.Values[0])}");
            }
        }

        if (rest.IsEmpty && duty.Refinements.IsEmpty && duty.Consequences.IsEmpty)
        {
            Line(depth + 1, due.Count == 0 ? $"- {duty.Action}:" : $"- {duty.Action}: {{ {string.Join(", ", due)} }}");
            return;
        }

        Line(depth + 1, $"- {duty.Action}:");
        due.ForEach(d => Line(depth + 3, d));
        Conditions(depth + 3, "refine", duty.Refinements);
        Conditions(depth + 3, "when", rest);
        Duties(depth + 3, "otherwise", duty.Consequences);
    });

    private void Conditions(int depth, string key, ImmutableArray<Constraint> constraints) => List(depth, key, constraints, c => Condition(depth + 1, c));

    private void Condition(int depth, Constraint constraint)
    {
        switch (constraint)
        {
            case LogicalConstraint logical:
                var word = logical.Operator switch
                {
                    LogicalOperator.And => "all",
                    LogicalOperator.Or => "any",
                    LogicalOperator.Xone => "oneOf",
                    _ => "inOrder",
                };
                Line(depth, $"- {word}:");
                foreach (var operand in logical.Operands)
                {
                    Condition(depth + 2, operand);
                }

                break;
            case AtomicConstraint atom:
                Line(depth, $"- {Atom(atom)}");
                break;
        }
    }

    private string Atom(AtomicConstraint atom)
    {
        var operand = vocabulary.ByIri(atom.LeftOperand) ?? throw new ArgumentException($"the left operand '{atom.LeftOperand}' is not known", nameof(atom));
        var isClaim = operand.Iri.StartsWith(Operands.ClaimPrefix, StringComparison.Ordinal);
        var value = ConstraintRules.IsSet(atom.Operator) ? YamlText.List(atom.Values) : YamlText.Scalar(atom.Values[0]);
        if (!isClaim && atom.Operator == ConstraintOperator.Eq)
        {
            return $"{operand.Word}: {value}";
        }

        var comparison = $"{OperatorWords.Of(operand).First(w => w.Operator == atom.Operator).Word}: {value}";
        return isClaim ? $"claim: {{ name: {YamlText.Scalar(operand.ClaimName!)}, {comparison} }}" : $"{operand.Word}: {{ {comparison} }}";
    }

    private void List<T>(int depth, string key, ImmutableArray<T> items, Action<T> write)
    {
        if (items.IsEmpty)
        {
            return;
        }

        Line(depth, $"{key}:");
        foreach (var item in items)
        {
            write(item);
        }
    }

    private void Line(int depth, string text) => _text.Append(' ', depth * 2).Append(text).Append('\n');
}
