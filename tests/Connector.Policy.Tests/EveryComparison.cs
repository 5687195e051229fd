using Connector.Policies;

namespace Connector.Policy.Tests;

/// <summary>Every comparison that the built-in vocabulary allows, in the places where conditions may stand.</summary>
internal static class EveryComparison
{
    public static IEnumerable<Policies.Policy> Policies =>
        from operand in Operands.All.Append(Operands.Claim("iso14001"))
        from op in operand.Operators
        let atom = new AtomicConstraint(operand.Iri, op, op is ConstraintOperator.IsAnyOf or ConstraintOperator.IsAllOf or ConstraintOperator.IsNoneOf ? [Value(operand), Other(operand)] : [Value(operand)])
        let duty = new Duty("inform", [atom]) { Refinements = [atom], Consequences = [new Duty("delete", [atom])] }
        select new Policies.Policy
        {
            Permissions = [.. Actions.Known.Order(StringComparer.Ordinal).Take(operand.Word == "lei" ? int.MaxValue : 1).Select(a => new Permission(a, [atom, new LogicalConstraint(LogicalOperator.Xone, [atom])], [duty]) { Refinements = [atom] })],
            Prohibitions = [new Prohibition("use", [atom]) { Remedies = [duty] }],
            Obligations = [duty],
            Profiles = ["https://w3id.org/catenax/2025/9/policy/"],
        };

    private static string Value(Operand operand) => operand.Type switch
    {
        OperandType.Instant => "2027-01-01T00:00:00+09:00",
        OperandType.Duration => "P1Y2M3DT4H5M6.5S",
        OperandType.Number => "12.5",
        _ => "a: \"b\" # c, 'd' \\ 電池",
    };

    private static string Other(Operand operand) => operand.Type == OperandType.Number ? "0" : operand.Type == OperandType.Text ? "~" : Value(operand);
}
