namespace Connector.Policies.Diff;

/// <summary>The values of a fact that is a text: those named, another, and those of its hierarchy.</summary>
internal static class TextCutting
{
    public static IEnumerable<Value> Values(Operand operand, IReadOnlyList<AtomicConstraint> atoms)
    {
        var named = atoms.SelectMany(a => a.Values).Distinct(StringComparer.Ordinal).ToList();
        var beside = (operand.Hierarchy?.Known ?? []).Except(named, StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return [.. named.Select(Quoted), new Value(Another(operand.Iri == Operands.Participant ? "did:web:another.example" : "another", named), "another"), .. beside.Select(Quoted)];
    }

    private static Value Quoted(string text) => new(text, $"'{text}'");

    private static string Another(string other, List<string> named)
    {
        while (named.Contains(other, StringComparer.Ordinal))
        {
            other += "-one";
        }

        return other;
    }
}
