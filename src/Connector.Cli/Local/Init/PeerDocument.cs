using System.Text;

namespace Connector.Cli.Local.Init;

/// <summary>The <c>peer.yaml</c> of a new connector: what partners apply to know it.</summary>
internal static class PeerDocument
{
    /// <param name="made">The connector.</param>
    /// <param name="publicKey">Its public signing key, a JWK as JSON text.</param>
    /// <param name="certificatePin">base64url SHA-256 of its TLS certificate.</param>
    public static string Of(NewConnector made, string publicKey, string certificatePin)
    {
        var text = new StringBuilder($"""
            # {made.Name}, for its partners. Hand it over by a way you trust: it carries the keys by which they will know this connector.
            # They add what they vouch for (claims), then: connector apply -f peer.yaml
            apiVersion: connector/v1
            kind: Peer
            name: {made.PeerName}
            participantId: {made.Id}
            address: {made.Address}
            keys:
              - {publicKey}
            certificates: [ {ConfigurationTemplate.Quoted(certificatePin)} ]
            trust: pinned

            """);
        (string Key, string? Value)[] identifiers = [("corporateNumber", made.CorporateNumber), ("bpn", made.Bpn), ("lei", made.Lei)];
        if (identifiers.Any(i => i.Value is not null))
        {
            text.Append("identifiers:\n");
            foreach (var (key, value) in identifiers.Where(i => i.Value is not null))
            {
                text.Append($"  {key}: {ConfigurationTemplate.Quoted(value!)}\n");
            }
        }

        return text.Append("# claims: { membership: active }   # what you, who apply this file, have checked and vouch for\n").ToString();
    }
}
