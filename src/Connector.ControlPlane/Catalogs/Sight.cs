using Connector.ControlPlane.Publications;
using Connector.Policies;

namespace Connector.ControlPlane.Catalogs;

/// <summary>What one participant may know of at one moment. Each policy is asked once, however many offers share it.</summary>
internal sealed class Sight(Facts facts)
{
    private readonly Dictionary<CompiledPolicy, bool> _verdicts = new(ReferenceEqualityComparer.Instance);

    public bool Shows(OfferedDataset offered)
    {
        if (offered.VisibleTo is not { } policy)
        {
            return true;
        }

        if (!_verdicts.TryGetValue(policy, out var permitted))
        {
            permitted = policy.Permits(EnforcementPoint.Catalog, facts);
            _verdicts.Add(policy, permitted);
        }

        return permitted;
    }

    public bool Shows(Shelf shelf)
    {
        foreach (var offered in shelf.Offers)
        {
            if (Shows(offered))
            {
                return true;
            }
        }

        return false;
    }
}
