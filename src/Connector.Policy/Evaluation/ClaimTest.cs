namespace Connector.Policies;

/// <summary>What a constraint wants of the texts of one claim, as plain data: rules walk a row of these.</summary>
internal readonly struct ClaimTest
{
    private readonly HashedText _name;
    private readonly HashedText[] _wanted;

    // One text of the claim decides: the first that is wanted, or the first that is not.
    private readonly bool _decidesIfWanted;
    private readonly bool _holdsIfDecided;

    public ClaimTest(string name, AtomicConstraint atom, bool forbids)
    {
        (_name, _wanted) = (new HashedText(name), [.. atom.Values.Select(v => new HashedText(v))]);

        // What is forbidden to all but some strikes whoever is also something else.
        var not = atom.Operator is ConstraintOperator.Neq or ConstraintOperator.IsNoneOf;
        (_decidesIfWanted, _holdsIfDecided) = (!not || !forbids, !not || forbids);
    }

    /// <returns>Satisfied, Unsatisfied or NotKnown.</returns>
    public Outcome Ask(ClaimTable claims)
    {
        if (claims.Find(in _name).Values is not { } found)
        {
            return Outcome.NotKnown;
        }

        for (var i = 0; i < found.Length; i++)
        {
            if (found[i].IsAmong(_wanted) == _decidesIfWanted)
            {
                return _holdsIfDecided ? Outcome.Satisfied : Outcome.Unsatisfied;
            }
        }

        return _holdsIfDecided ? Outcome.Unsatisfied : Outcome.Satisfied;
    }
}
