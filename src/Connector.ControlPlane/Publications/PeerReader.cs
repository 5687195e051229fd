using System.Collections.Immutable;
using System.Text.Json;
using Connector.ControlPlane.Participants;
using Connector.Policies;
using Connector.Policies.Yaml;

namespace Connector.ControlPlane.Publications;

/// <summary>Reads Peer documents: who a partner is, where it is reached, by which keys it is known, and what the operator vouches for.</summary>
internal static class PeerReader
{
    private const int MaxMembers = 32;

    private static readonly string[] s_identifiers = ["corporateNumber", "bpn", "lei"];

    public static PeerEntry Read(string name, Fields fields)
    {
        var id = fields.Required("participantId", "give the peer's DID, did:web:…");
        var grpc = Address(fields, "address");
        var dsp = Address(fields, "dsp");
        Binding? version = fields.Text("dspVersion") is null ? null : fields.OneOf("dspVersion", "2025-1", "2024-1") == "2024-1" ? Binding.Dsp2024 : Binding.Dsp;
        var keys = fields.Sections("keys").Select(Jwk).ToImmutableArray();
        var trust = fields.Text("trust") ?? "pinned";
        if (trust == "pinned" && id.Length > 0 && !id.StartsWith("did:", StringComparison.Ordinal))
        {
            fields.Fault(fields.Find("participantId")!, "participantId", $"'{Fields.Shown(id)}' is no DID", "give did:web:…; only a peer of a trust domain may be named otherwise");
        }

        if (trust == "pinned" && keys.IsEmpty)
        {
            fields.Fault(fields.Find("keys") ?? fields.Node, "keys", "is missing: a pinned peer is known by its keys", "copy the keys from the peer.yaml that the partner handed over");
        }

        return new PeerEntry(name, id, grpc, dsp, keys, fields.Texts("certificates"), trust, Claims(name, fields)) { DspBinding = version };
    }

    private static string? Address(Fields fields, string key)
    {
        var text = fields.Text(key);
        if (text is not null && (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))))
        {
            fields.Fault(fields.Find(key)!, key, $"'{Fields.Shown(text)}' is no https address", "give https://host:port; only on this very machine may it be http");
        }

        return text;
    }

    private static string Jwk(Fields key)
    {
        if (key.Node.Entries.Count > MaxMembers)
        {
            key.Fault(key.Node, "", $"has more than {MaxMembers} members", "give the public key as a JWK: kty, crv, x, y");
            return "{}";
        }

        var members = key.Node.Entries.ToDictionary(e => e.Key, e => key.Text(e.Key) ?? "", StringComparer.Ordinal);
        foreach (var required in (string[])["kty", "crv", "x", "y"])
        {
            if (!members.TryGetValue(required, out var value) || value.Length == 0)
            {
                key.Fault(key.Node, required, "is missing", "give the public key as a JWK: kty, crv, x, y");
            }
        }

        return JsonSerializer.Serialize(members);
    }

    private static ImmutableDictionary<string, Claim> Claims(string name, Fields fields)
    {
        var source = $"pinned peer document {name}";
        var claims = ImmutableDictionary.CreateBuilder<string, Claim>();
        if (fields.Section("identifiers") is { } identifiers)
        {
            foreach (var word in s_identifiers)
            {
                if (identifiers.Text(word) is { } value)
                {
                    claims[word] = new Claim([value], source);
                    if (BusinessIdentifierRules.FaultOf(word, value) is { } wrong)
                    {
                        identifiers.Fault(identifiers.Find(word)!, word, wrong, "copy the number from the register");
                    }
                }
            }

            identifiers.Close();
        }

        if (fields.Section("claims") is { } others)
        {
            foreach (var entry in others.Node.Entries)
            {
                claims[entry.Key] = new Claim(others.Texts(entry.Key), source);
            }
        }

        return claims.ToImmutable();
    }
}
