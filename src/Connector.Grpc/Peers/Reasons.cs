using System.Collections.Immutable;
using Connector.Grpc.Errors;

namespace Connector.Grpc.Peers;

/// <summary>Reasons in words, within the bounds that the receiver takes: an end must arrive, whatever is said of it.</summary>
internal static class Reasons
{
    public static IEnumerable<string> Cut(ImmutableArray<string> reasons) => reasons.IsDefaultOrEmpty ? [] : reasons.Take(WireChecks.MaxList).Select(Cut);

    public static string Cut(string reason)
    {
        var cut = reason.Length <= WireChecks.MaxText ? reason : reason[..WireChecks.MaxText];
        return cut.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0 ? cut : string.Concat(cut.Select(c => c < ' ' ? ' ' : c));
    }
}
