using System.Globalization;

namespace Connector.Cli.Local.Init;

/// <summary>The <c>connector.yaml</c> of a new connector: short, complete enough to run, and with comments that teach the rest.</summary>
internal static class ConfigurationTemplate
{
    public static string Of(NewConnector made) => string.Create(CultureInfo.InvariantCulture, $"""
        # The configuration of one connector. Check it with: connector config check
        # Relative paths count from this file's folder. Any key can be overridden by an environment variable,
        # for example CONNECTOR__LISTEN__PEERS__PORT=8443. Durations are written 30s, 5m, 12h or PT30S.

        participant:
          id: {made.Participant.Id}
          name: {Quoted(made.Participant.Name)}
          identifiers:                      # numbers that policies of your partners may ask for
            {Identifier("corporateNumber", made.Participant.Identifiers.CorporateNumber, "\"8000012010038\"", "法人番号, 13 digits")}
            {Identifier("bpn", made.Participant.Identifiers.Bpn, "BPNL00000003AYRE", "business partner number")}
            {Identifier("lei", made.Participant.Identifiers.Lei, "5493001KJTIIGC8Y1R12", "legal entity identifier")}

        listen:
          peers:                            # other connectors, always by TLS 1.3
            address: "*"                    # all addresses of this machine
            port: {made.Port}
            publicAddress: {made.Address}   # how partners reach it; stands in peer.yaml too
            tls:
              certificate: keys/tls.crt
              key: keys/tls.key
              clientCertificates: allowed   # tokens are bound to the certificate that a caller shows; required: no call without one
          management:                       # the operator: this command line
            address: 127.0.0.1              # this machine alone
            port: {made.ManagementPort}
            tokenFile: operator.token       # whoever can read it is the operator

        keys:
          folder: keys                      # the signing keys; back them up, never share them

        store:
          sqlite: data/connector.db         # negotiations, agreements, transfers, evidence

        data:
          received: data/received           # what partners push to you
          cache: data/cache                 # may be deleted at any time

        trust:
          tokenLifetime: 1m
          skew: 30s                         # difference of clocks that is forgiven
          domains: []                       # partners known by their Peer document need none; an OpenID issuer would be
                                            # - {"{"} name: space, kind: oidc, issuer: https://login.example.jp/realms/space {"}"}

        negotiation:
          maxRounds: 8                      # offers and counter-offers before a negotiation is refused

        recovery:
          period: 30s                       # how often what a crash left behind is looked for

        """);

    private static string Identifier(string key, string? value, string example, string what) =>
        value is null ? $"# {key}: {example}  ({what})" : $"{key}: {Quoted(value)}";

    /// <summary>A YAML double-quoted scalar.</summary>
    public static string Quoted(string text) =>
        $"\"{text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
