using Connector.ControlPlane.Participants;

namespace Connector.Dsp;

/// <summary>Addresses of the protocol's endpoints, ours and those of peers.</summary>
internal static class DspAddresses
{
    /// <summary>Where the version document is, beneath what precedes the version paths (DSP 2025-1, exposure of versions).</summary>
    public const string VersionDocument = "/.well-known/dspace-version";

    /// <summary>The id of this connector's service in its catalogs and version document.</summary>
    public static string ServiceId(Participant self) => self.Id + "#connector";

    /// <summary>What precedes our version paths.</summary>
    public static string Root(Participant self)
    {
        var address = self.DspAddress ?? throw new InvalidOperationException("this connector has no address for the Dataspace Protocol");
        return address[..^DspVersion.V2025.Path.Length];
    }

    /// <summary>A peer's base address for a version; the document may name the root, or the base of either version.</summary>
    public static string? Of(PeerEntry peer, DspVersion version)
    {
        if (peer.DspAddress?.TrimEnd('/') is not { } address)
        {
            return null;
        }

        var other = DspVersion.All.FirstOrDefault(v => address.EndsWith("/" + v.Name, StringComparison.Ordinal));
        return other is null || other == version ? address : address[..^other.Name.Length] + version.Name;
    }

    /// <summary>Whether an address is at the very server that the peer's document names: our operator wrote it down, so it may lie anywhere. One that a peer named must pass the guard.</summary>
    public static bool IsDocumented(PeerEntry peer, Uri address) =>
        Uri.TryCreate(peer.DspAddress, UriKind.Absolute, out var documented)
        && Uri.Compare(documented, address, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>An address and a path, with one slash between them (DSP 2025-1: callback addresses come with and without a trailing one).</summary>
    public static string Join(string address, string path) => address.TrimEnd('/') + path;

    /// <summary>A process id as a part of a path; colons may stand there as they are (RFC 3986, 3.3).</summary>
    public static string Segment(string id) => Uri.EscapeDataString(id).Replace("%3A", ":", StringComparison.Ordinal);
}
