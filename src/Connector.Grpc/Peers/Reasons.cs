using System.Collections.Immutable;
using Connector.ControlPlane;
using Connector.Grpc.Errors;

namespace Connector.Grpc.Peers;

/// <summary>Reasons in words, within the bounds that the receiver takes: an end must arrive, whatever is said of it.</summary>
internal static class Reasons
{
    public static IEnumerable<string> Cut(ImmutableArray<string> reasons) => reasons.IsDefaultOrEmpty ? [] : reasons.Take(WireChecks.MaxList).Select(Cut);

    public static string Cut(string reason) => ForeignText.Shown(reason, reason.Length <= WireChecks.MaxText ? WireChecks.MaxText : WireChecks.MaxText - 1);
}
