using System.Collections.Immutable;
using System.Globalization;
using Connector.Trust;
using Connector.Trust.Oidc;
using Connector.Trust.Tls;
using Connector.Trust.Tokens;

namespace Connector.Daemon.Configuration;

/// <summary>Reads the section <c>trust</c>.</summary>
internal static class TrustReading
{
    /// <summary>Domains by name; the folder of keys is still to be filled in.</summary>
    public static TrustOptions Read(Section section, string participantId, TlsOptions tls)
    {
        var options = new TrustOptions
        {
            ParticipantId = participantId,
            KeysFolder = "",
            Tls = tls,
            Tokens = new TokenOptions
            {
                Lifetime = section.Span("tokenLifetime", TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5)),
                Skew = section.Span("skew", TimeSpan.FromSeconds(30), TimeSpan.Zero, TimeSpan.FromMinutes(5)),
            },
            Domains = section.Each("domains", s => Domain(s, participantId)),
        };
        foreach (var twice in options.Domains.GroupBy(d => d.Name).Where(g => g.Key.Length > 0 && g.Count() > 1))
        {
            section.Fault("domains", string.Create(CultureInfo.InvariantCulture, $"has {twice.Count()} entries named '{twice.Key}'"), "give each its own name");
        }

        return options;
    }

    private static OidcOptions Domain(Section section, string participantId)
    {
        section.OneOf("kind", "oidc", ("oidc", "oidc"));
        return new OidcOptions
        {
            Name = Name(section),
            Issuer = Issuer(section),
            ClientId = section.Text("clientId") ?? participantId,
            Scope = section.Texts("scopes") is { IsEmpty: false } scopes ? string.Join(' ', scopes) : null,
            Audience = section.Text("audience") ?? participantId,
            TargetParameter = section.OneOf<string?>("targetParameter", null, ("resource", "resource"), ("audience", "audience")),
            ParticipantIdClaim = section.Text("participantClaim") ?? "sub",
            ClaimMap = section.Names("claims").ToImmutableDictionary(),
            IssuerPins = section.Texts("issuerPins"),
            IssuerAuthorityFile = section.OptionalPath("issuerCa"),
            EndpointAddresses = section.Texts("endpointAddresses"),
            AssertionForTokenEndpoint = section.OneOf("assertionAudience", false, ("issuer", false), ("tokenEndpoint", true)),
            RequireCertificateBinding = section.OneOf("certificateBinding", false, ("optional", false), ("required", true)),
        };
    }

    private static string Name(Section section)
    {
        var name = section.Required("name", "name it, so that Peer documents can say 'trust: <name>'");
        if (name == "pinned")
        {
            section.Fault("name", "'pinned' means peers known by the keys in their document", "choose another name");
        }

        return name;
    }

    private static string Issuer(Section section)
    {
        const string Mend = "give the issuer's identifier, such as https://login.example.jp/realms/space";
        var issuer = section.Required("issuer", Mend);
        return issuer.Length == 0 || section.Url("issuer", "https") is not null ? issuer : "";
    }
}
