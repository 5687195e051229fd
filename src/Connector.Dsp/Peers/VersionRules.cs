namespace Connector.Dsp.Peers;

/// <summary>Where a peer's version document may be, given the one address that its Peer document has.</summary>
internal static class VersionRules
{
    /// <summary>Places that are tried at most.</summary>
    private const int MaxRoots = 4;

    /// <summary>What may precede the version document's path, longest first: the address without its version, and each shorter path up to the server's root.</summary>
    public static IReadOnlyList<string> Roots(Uri address)
    {
        var server = address.GetLeftPart(UriPartial.Authority);
        string[] parts = [.. address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries)];
        var kept = parts.Length - VersionParts(parts);
        return [.. Enumerable.Range(0, kept + 1).Select(n => server + string.Concat(parts[..(kept - n)].Select(p => "/" + p))).Take(MaxRoots - 1).Append(server).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The version that an address itself names; null for none.</summary>
    public static DspVersion? NamedBy(Uri address)
    {
        string[] parts = [.. address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries)];
        return VersionParts(parts) is var count and > 0 ? DspVersion.Named(string.Join('/', parts[^count..])) : null;
    }

    private static int VersionParts(string[] parts) => parts switch
    {
        [.., var last] when DspVersion.Named(last) is not null => 1,
        [.., var year, var number] when DspVersion.Named($"{year}/{number}") is not null => 2,
        _ => 0,
    };
}
