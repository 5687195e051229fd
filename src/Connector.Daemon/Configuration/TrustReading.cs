using System.Globalization;

namespace Connector.Daemon.Configuration;

/// <summary>Reads the section <c>trust</c>.</summary>
internal static class TrustReading
{
    public static TrustOptions Read(Section section, string participantId)
    {
        var options = new TrustOptions(
            section.Span("tokenLifetime", TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(10), TimeSpan.FromHours(1)),
            section.Span("skew", TimeSpan.FromSeconds(30), TimeSpan.Zero, TimeSpan.FromMinutes(5)),
            section.Each("domains", s => Domain(s, participantId)));
        foreach (var twice in options.Domains.GroupBy(d => d.Name).Where(g => g.Key.Length > 0 && g.Count() > 1))
        {
            section.Fault("domains", string.Create(CultureInfo.InvariantCulture, $"has {twice.Count()} entries named '{twice.Key}'"), "give each its own name");
        }

        return options;
    }

    private static OidcDomainOptions Domain(Section section, string participantId)
    {
        section.OneOf("kind", "oidc", ("oidc", "oidc"));
        var name = section.Required("name", "name it, so that Peer documents can say 'trust: <name>'");
        if (name == "pinned")
        {
            section.Fault("name", "'pinned' means peers known by the keys in their document", "choose another name");
        }

        var issuer = section.Url("issuer", "https", "http");
        if (issuer is null && section.Find("issuer") is null)
        {
            section.Missing("issuer", "give the issuer's identifier, such as https://login.example.jp/realms/space");
        }
        else if (issuer is { Scheme: "http", IsLoopback: false })
        {
            section.Fault("issuer", $"'{issuer.OriginalString}' is not protected by TLS", "give an https address; http is taken on this machine alone");
        }

        return new OidcDomainOptions(
            name,
            issuer ?? new Uri("https://issuer.invalid"),
            section.Text("clientId") ?? participantId,
            section.Texts("scopes"),
            section.Text("audience") ?? participantId,
            section.Text("participantClaim") ?? "sub",
            section.Names("claims"));
    }
}
