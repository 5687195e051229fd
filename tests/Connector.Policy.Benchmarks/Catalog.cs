using System.Globalization;
using Connector.Policies;

namespace Connector.Policy.Benchmarks;

/// <summary>Offers that share distinct policies of ten constraints, of which every tenth shows itself to the peer; each policy is asked once in a filtering.</summary>
internal sealed class Catalog
{
    private const int Constraints = 10;

    private readonly CompiledPolicy[] _policies;
    private readonly int[] _policyOfOffer;
    private readonly bool[] _verdicts;
    private readonly int[] _visible;
    private readonly Facts _peer = Cases.Facts(Constraints, "group-of-the-peer");

    public Catalog(int offers, int policies)
    {
        _policies = [.. Enumerable.Range(0, policies).Select(i => CompiledPolicy.Compile(Permit(i)))];
        _policyOfOffer = [.. Enumerable.Range(0, offers).Select(i => i % policies)];
        _verdicts = new bool[policies];
        _visible = new int[offers];
        Expected = offers / 10;
    }

    public int Expected { get; }

    /// <summary>How many offers the peer may know of.</summary>
    public int Visible()
    {
        for (var i = 0; i < _policies.Length; i++)
        {
            _verdicts[i] = _policies[i].Permits(EnforcementPoint.Catalog, _peer);
        }

        var count = 0;
        for (var offer = 0; offer < _policyOfOffer.Length; offer++)
        {
            if (_verdicts[_policyOfOffer[offer]])
            {
                _visible[count++] = offer;
            }
        }

        return count;
    }

    private static Policies.Policy Permit(int i)
    {
        var all = Cases.Policy(Constraints, "active").Permissions[0];
        var group = i % 10 == 0 ? "group-of-the-peer" : string.Create(CultureInfo.InvariantCulture, $"group-{i}");
        return new() { Permissions = [all with { Constraints = all.Constraints.SetItem(Constraints - 1, (AtomicConstraint)all.Constraints[^1] with { Values = [group] }) }] };
    }
}
