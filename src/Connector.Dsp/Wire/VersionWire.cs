using System.Text.Json;
using Connector.ControlPlane;
using Connector.ControlPlane.Participants;

namespace Connector.Dsp.Wire;

/// <summary>A version that a peer speaks, and where.</summary>
/// <param name="Path">Beneath what precedes the version document's own path; it may be empty.</param>
internal readonly record struct SpokenVersion(DspVersion Version, string Path);

/// <summary>Version documents of peers (DSP 2025-1, exposure of versions; those of 2024-1 have a context, and no binding).</summary>
internal static class VersionWire
{
    private const string Https = "HTTPS";
    private const int MaxPath = 1024;

    /// <summary>This connector's own document.</summary>
    public static byte[] Write(Participant self) => JsonSerializer.SerializeToUtf8Bytes(
        new VersionsDocument
        {
            ProtocolVersions = [.. DspVersion.All.Select(v => new VersionDocument { Version = v.Name, Path = v.Path, Binding = Https, ServiceId = DspAddresses.ServiceId(self), IdentifierType = Identifier(self.Id) })],
        },
        DspJson.Strict.VersionsDocument);

    /// <summary>Of the versions that a document names, those spoken here, newest first.</summary>
    /// <param name="named">All names, for whoever is told that none of them is spoken here.</param>
    /// <returns>Null when it is no version document.</returns>
    public static IReadOnlyList<SpokenVersion>? Read(ReadOnlySpan<byte> document, out IReadOnlyList<string> named)
    {
        named = [];
        try
        {
            if (JsonSerializer.Deserialize(document, DspJson.Strict.VersionsDocument) is not { ProtocolVersions: { Count: > 0 and <= WireChecks.MaxList } versions })
            {
                return null;
            }

            named = [.. versions.Select(v => ForeignText.ShownOrNull(v?.Version, 50) ?? "one without a name")];
            return [.. versions.Where(v => v is { Binding: null or Https } && IsPath(v.Path)).Select(v => (Version: DspVersion.Named(v.Version), v.Path)).Where(v => v.Version is not null)
                .Select(v => new SpokenVersion(v.Version!, v.Path!.TrimEnd('/'))).OrderBy(v => v.Version == DspVersion.V2025 ? 0 : 1)];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The scheme that participants are named by: did:web, urn …
    private static string Identifier(string id) => id.Split(':') is ["did", var method, ..] ? $"did:{method}" : id.Split(':')[0];

    // It is appended to an address of the peer's; nothing in it may lead elsewhere.
    private static bool IsPath(string? path) =>
        path is { Length: > 0 and <= MaxPath } && path[0] == '/' && !path.StartsWith("//", StringComparison.Ordinal) && !path.AsSpan().ContainsAny("?#\\@") && !path.Contains("..", StringComparison.Ordinal)
        && Uri.IsWellFormedUriString(path, UriKind.Relative);
}
