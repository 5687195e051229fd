using System.Text;
using Connector.Daemon.Configuration;

namespace Connector.Cli.Local.Init;

/// <summary>A connector as its partners are to know it: what its Peer document says.</summary>
/// <param name="Participant">Whose connector it is.</param>
/// <param name="Address">Where partners reach it.</param>
/// <param name="PublicKeys">Its public signing keys, each a JWK as JSON text, newest first.</param>
/// <param name="CertificatePin">base64url SHA-256 of its TLS certificate.</param>
internal sealed record PeerDocument(ParticipantOptions Participant, string Address, IReadOnlyList<string> PublicKeys, string CertificatePin)
{
    /// <summary>The YAML to hand over.</summary>
    public string Text()
    {
        var text = new StringBuilder($"""
            # {Participant.Name}, for its partners. Hand it over by a way you trust: it carries the keys by which they will know this connector.
            # They add what they vouch for (claims), then: connector apply -f peer.yaml
            apiVersion: connector/v1
            kind: Peer
            name: {NameOf(Participant.Id)}
            participantId: {Participant.Id}
            address: {Address}
            dsp: {Address.TrimEnd('/')}/dsp/2025-1
            keys:

            """);
        foreach (var key in PublicKeys)
        {
            text.Append($"  - {key}\n");
        }

        text.Append($"certificates: [ {ConfigurationTemplate.Quoted(CertificatePin)} ]\ntrust: pinned\n");
        AppendIdentifiers(text, Participant.Identifiers);
        return text.Append("# claims: { membership: active }   # what you, who apply this file, have checked and vouch for\n").ToString();
    }

    /// <summary>A short local name from a DID: its last path part, or the first label of its host.</summary>
    public static string NameOf(string id)
    {
        var parts = id.Split(':');
        var last = parts.Length > 3 ? parts[^1] : parts[2].Split('.', '%')[0];
        return string.Concat(last.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
    }

    private static void AppendIdentifiers(StringBuilder text, BusinessIdentifiers identifiers)
    {
        (string Key, string? Value)[] known = [("corporateNumber", identifiers.CorporateNumber), ("bpn", identifiers.Bpn), ("lei", identifiers.Lei)];
        if (known.Any(i => i.Value is not null))
        {
            text.Append("identifiers:\n");
        }

        foreach (var (key, value) in known.Where(i => i.Value is not null))
        {
            text.Append($"  {key}: {ConfigurationTemplate.Quoted(value!)}\n");
        }
    }
}
