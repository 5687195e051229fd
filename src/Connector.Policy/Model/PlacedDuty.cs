using System.Collections.Immutable;
using System.Globalization;

namespace Connector.Policies;

/// <summary>A duty and where it stands in its policy.</summary>
/// <param name="Place">In the words of policy files, such as <c>permit[0].then[1]</c> or <c>oblige[0].otherwise[0]</c>.</param>
/// <param name="Consequences">The duties that follow from it when it is not done in time.</param>
public sealed record PlacedDuty(string Place, Duty Duty, ImmutableArray<PlacedDuty> Consequences)
{
    /// <summary>The duties of a policy's permissions, then its obligations.</summary>
    public static ImmutableArray<PlacedDuty> Of(Policy policy) =>
        [.. policy.Permissions.SelectMany((p, i) => Of(p.Duties, string.Create(CultureInfo.InvariantCulture, $"permit[{i}].then"))), .. Of(policy.Obligations, "oblige")];

    internal static ImmutableArray<PlacedDuty> Of(ImmutableArray<Duty> duties, string list) => [.. duties.Select((duty, i) =>
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"{list}[{i}]");
        return new PlacedDuty(place, duty, Of(duty.Consequences, $"{place}.otherwise"));
    })];

    /// <summary>When it was done; the smallest instant where only is known that it was in time, null when nobody knows of it.</summary>
    internal DateTimeOffset? DoneAt(ImmutableArray<Fulfilment> fulfilled)
    {
        foreach (var done in fulfilled)
        {
            if (done.Duty == Place || done.Duty == Duty.Action)
            {
                return done.At ?? DateTimeOffset.MinValue;
            }
        }

        return null;
    }
}
