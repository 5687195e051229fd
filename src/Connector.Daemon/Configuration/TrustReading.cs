using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Connector.Trust;
using Connector.Trust.Oidc;
using Connector.Trust.Tls;
using Connector.Trust.Tokens;

namespace Connector.Daemon.Configuration;

/// <summary>Reads the section <c>trust</c>.</summary>
internal static class TrustReading
{
    /// <summary>Domains by name; the folder of keys is still to be filled in.</summary>
    public static TrustOptions Read(Section section, string participantId, TlsOptions tls, ListenersOptions listen)
    {
        var domains = section.Each("domains", s => Domain(s, participantId, listen));
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
            Domains = [.. domains.OfType<OidcOptions>()],
            StaticDomains = [.. domains.OfType<StaticDomainOptions>()],
        };
        foreach (var twice in options.Domains.Select(d => d.Name).Concat(options.StaticDomains.Select(d => d.Name)).GroupBy(name => name).Where(g => g.Key.Length > 0 && g.Count() > 1))
        {
            section.Fault("domains", string.Create(CultureInfo.InvariantCulture, $"has {twice.Count()} entries named '{twice.Key}'"), "give each its own name");
        }

        return options;
    }

    private static object Domain(Section section, string participantId, ListenersOptions listen) =>
        section.OneOf("kind", false, ("oidc", false), ("static", true)) ? Static(section, listen) : Oidc(section, participantId);

    // A token that never changes proves little, and none proves nothing: for runs of conformance suites on one machine.
    private static StaticDomainOptions Static(Section section, ListenersOptions listen)
    {
        if (!IPAddress.IsLoopback(listen.Peers.Address) || listen.Dsp is { } dsp && !IPAddress.IsLoopback(dsp.Address))
        {
            section.Fault("kind", "is static, and peers are served on addresses that other machines reach", "bind listen.peers and listen.dsp to 127.0.0.1, or know peers by their keys or an issuer");
        }

        return new StaticDomainOptions(Name(section), section.Required("participant", "give the participant id of the one peer that this is for"), section.Text("token"));
    }

    private static OidcOptions Oidc(Section section, string participantId)
    {
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
