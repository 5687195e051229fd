using System.Collections.Immutable;
using Connector.Policies;

namespace Connector.ControlPlane.Agreements;

/// <summary>What an agreement knows of its duties: which were done, and which of the events happened that they are counted from.</summary>
internal static class DutyFacts
{
    public static ImmutableArray<Fulfilment> Fulfilled(Agreement agreement) => [.. agreement.Duties.Select(d => new Fulfilment(d.Duty, d.At))];

    // Agreements that were used before the first use was stored do not know it, and so say nothing of it.
    public static DutyEvents Events(Agreement agreement)
    {
        var events = new Dictionary<string, DateTimeOffset?>(StringComparer.Ordinal)
        {
            ["agreement"] = agreement.SignedAt,
            ["agreementStart"] = agreement.SignedAt,
            ["agreementEnd"] = agreement.End?.At,
        };
        if (agreement.Uses == 0 || agreement.FirstUsedAt is not null)
        {
            events["use"] = events["firstUse"] = agreement.FirstUsedAt;
        }

        return new DutyEvents(events);
    }
}
