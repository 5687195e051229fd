namespace Connector.Policies;

/// <summary>A comparison of a claim with texts of which one is enough, or none may be there, each as it stands.</summary>
internal sealed class CompiledClaim(Operand operand, AtomicConstraint atom, bool forbids) : CompiledAtom(operand, atom)
{
    public ClaimTest Test { get; } = new(operand.ClaimName!, atom, forbids);

    protected override Outcome Compare(Facts facts, int purpose) => Test.Ask(facts.Table);
}
