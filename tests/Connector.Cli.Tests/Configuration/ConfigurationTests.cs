using System.Net;
using Connector.Daemon.Configuration;
using Connector.Trust.Tls;

namespace Connector.Cli.Tests.Configuration;

public sealed class ConfigurationTests
{
    private const string Least = "participant:\n  id: did:web:a.example\n";

    [Fact]
    public void The_least_configuration_is_an_id_and_the_rest_has_defaults()
    {
        var options = Configurations.Valid(Least);

        Assert.Equal("did:web:a.example", options.Participant.Name);
        Assert.Equal(7443, options.Listen.Peers.Port);
        Assert.Equal(IPAddress.Loopback, options.Listen.Management.Address);
        Assert.Equal(TimeSpan.FromSeconds(30), options.Trust.Tokens.Skew);
        Assert.Equal("/etc/connector/data/connector.db", options.Store.Sqlite);
        Assert.Empty(options.Trust.Domains);
    }

    [Fact]
    public void Every_key_is_read()
    {
        var options = Configurations.Valid("""
            participant:
              id: did:web:a.example%3A8443:plants:himeji
              name: アクメ株式会社
              identifiers: { corporateNumber: "8000012010038", bpn: BPNL00000003AYRE, lei: 5493001KJTIIGC8Y1R12 }
            listen:
              peers:
                address: "*"
                port: 0
                publicAddress: https://a.example:8443
                tls: { certificate: /run/tls.crt, key: tls.key, clientCertificates: required, ca: ca.pem, presentAsClient: false }
              management: { address: "::1", port: 9, tokenFile: /run/token }
            keys: { folder: ../keys }
            store: { sqlite: a.db }
            data: { received: in, cache: cache }
            trust:
              tokenLifetime: PT2M
              skew: 0s
              domains:
                - kind: oidc
                  name: space
                  issuer: https://i.example/realm
                  clientId: acme
                  scopes: [connector, membership]
                  audience: urn:space
                  participantClaim: did
                  claims: { membership: member_status }
            limits: { messageBytes: 65536, connections: 5, streamsPerConnection: 6 }
            recovery: { period: PT1H }
            negotiation: { maxRounds: 3 }
            telemetry: { otlp: http://localhost:4317 }
            """);

        Assert.Equal("アクメ株式会社", options.Participant.Name);
        Assert.Equal(new BusinessIdentifiers("8000012010038", "BPNL00000003AYRE", "5493001KJTIIGC8Y1R12"), options.Participant.Identifiers);
        Assert.Equal(
            new PeerListenerOptions(IPAddress.Any, 0, new Uri("https://a.example:8443")),
            options.Listen.Peers);
        Assert.Equal(
            new TlsOptions { CertificateFile = "/run/tls.crt", KeyFile = "/etc/connector/tls.key", ClientCertificates = ClientCertificates.Required, ClientAuthorityFile = "/etc/connector/ca.pem", PresentAsClient = false },
            options.Trust.Tls);
        Assert.Equal(new ManagementListenerOptions(IPAddress.IPv6Loopback, 9, "/run/token"), options.Listen.Management);
        Assert.Equal("/etc/keys", options.Trust.KeysFolder);
        Assert.Equal("/etc/connector/a.db", options.Store.Sqlite);
        Assert.Equal(new DataOptions("/etc/connector/in", "/etc/connector/cache"), options.Data);
        Assert.Equal((TimeSpan.FromMinutes(2), TimeSpan.Zero), (options.Trust.Tokens.Lifetime, options.Trust.Tokens.Skew));
        var domain = Assert.Single(options.Trust.Domains);
        Assert.Equal(("space", "acme", "urn:space", "did"), (domain.Name, domain.ClientId, domain.Audience, domain.ParticipantIdClaim));
        Assert.Equal("connector membership", domain.Scope);
        Assert.Equal("member_status", domain.ClaimMap["membership"]);
        Assert.Equal(new LimitsOptions(65_536, 5, 6), options.Limits);
        Assert.Equal(TimeSpan.FromHours(1), options.Recovery.Period);
        Assert.Equal(3, options.Negotiation.MaxRounds);
        Assert.Equal(new Uri("http://localhost:4317"), options.Telemetry.Otlp);
    }

    [Fact]
    public void The_environment_wins_over_the_file()
    {
        var options = Configurations.Valid(
            Least + "listen:\n  peers:\n    port: 1\ntrust:\n  domains:\n    - { name: a, issuer: https://i.example }\n",
            ("CONNECTOR__LISTEN__PEERS__PORT", "2"),
            ("CONNECTOR__NEGOTIATION__MAXROUNDS", "5"),
            ("CONNECTOR__TRUST__DOMAINS__0__CLIENTID", "me"),
            ("CONNECTOR_CONFIG", "ignored"),
            ("PATH", "/bin"));

        Assert.Equal(2, options.Listen.Peers.Port);
        Assert.Equal(5, options.Negotiation.MaxRounds);
        Assert.Equal("me", options.Trust.Domains[0].ClientId);
    }

    [Fact]
    public void An_empty_variable_takes_the_files_value_away()
    {
        var options = Configurations.Valid(Least + "recovery:\n  period: 1h\n", ("CONNECTOR__RECOVERY__PERIOD", ""));

        Assert.Equal(TimeSpan.FromSeconds(30), options.Recovery.Period);
    }

    [Fact]
    public void A_faulty_variable_is_named_instead_of_a_line()
    {
        var fault = Assert.Single(Configurations.Parse(Least, ("CONNECTOR__RECOVERY__PERIOD", "soon")).Faults);

        Assert.Equal(("CONNECTOR__RECOVERY__PERIOD", 0), (fault.Source, fault.Line));
    }

    [Fact]
    public void A_variable_that_overrides_nothing_is_a_fault_with_the_nearest_name()
    {
        var fault = Assert.Single(Configurations.Parse(Least, ("CONNECTOR__RECOVERY__PERIDO", "1m")).Faults);

        Assert.Contains("CONNECTOR__RECOVERY__PERIOD", fault.Mend, StringComparison.Ordinal);
    }
}
