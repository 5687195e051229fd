using Connector.Daemon.Configuration;

namespace Connector.Cli.Tests.Configuration;

/// <summary>Broken configurations: each fault names its line, its key, what was found and how to mend it.</summary>
public sealed class ConfigurationFaultTests
{
    private const string Head = "participant:\n  id: did:web:a.example\n";

    public static TheoryData<string, int, string, string, string> Broken => new()
    {
        // text, line, key, what the message says, what the mend says
        { "participant:\n  name: A\n", 2, "participant.id", "is missing", "did:web:" },
        { "", 1, "participant.id", "is missing", "did:web:" },
        { "participant:\n  id: acme\n", 2, "participant.id", "'acme' is not a did:web", "did:web:connector.example.jp" },
        { "participant:\n  id: did:key:z6Mk\n", 2, "participant.id", "another method", "did:web:" },
        { "participant:\n  id: did:web:Upper.Example\n", 2, "participant.id", "'Upper.Example' is not a host name", "host name" },
        { "participant:\n  id: did:web:a.example%3A70000\n", 2, "participant.id", "not a host name", "%3A" },
        { "participant:\n  id: 'did:web:a.example:'\n", 2, "participant.id", "is not a path part", "':'" },
        { "participant:\n  id: |\n    did:web:a.example\n", 2, "participant.id", "not a host name", "did:web:" },
        { "participant:\n  id: \"did:web:a.example:b\\n\"\n", 2, "participant.id", "is not a path part", "did:web:" },
        { "participant: did:web:a.example\n", 1, "participant", "is not a section", "indented" },
        { "participant:\n  id: [a]\n", 2, "participant.id", "where one value is wanted", "after the colon" },
        { Head + "  nmae: A\n", 3, "participant.nmae", "is not a key", "did you mean name?" },
        { Head + "  identifiers:\n    corporateNumber: '123'\n", 4, "participant.identifiers.corporateNumber", "'123' is not a corporate number of 13 digits", "National Tax Agency" },
        { Head + "  identifiers:\n    corporateNumber: '9999999999901'\n", 4, "participant.identifiers.corporateNumber", "its other digits want 8", "National Tax Agency" },
        { Head + "  identifiers:\n    bpn: BPNS00000003AYRE\n", 4, "participant.identifiers.bpn", "not BPNL", "BPNL00000003AYRE" },
        { Head + "  identifiers:\n    lei: ABC\n", 4, "participant.identifiers.lei", "18 characters", "GLEIF" },
        { Head + "  identifiers:\n    lei: 5493001KJTIIGC8Y1R13\n", 4, "participant.identifiers.lei", "wrong check digits", "GLEIF" },
        { Head + "  identifiers:\n    duns: '1'\n", 4, "participant.identifiers.duns", "is not a key", "corporateNumber, bpn, lei" },
        { Head + "listen:\n  peers:\n    port: 65536\n", 5, "listen.peers.port", "'65536' is not a whole number from 0 to 65535", "7443" },
        { Head + "listen:\n  peers:\n    port: -1\n", 5, "listen.peers.port", "'-1'", "7443" },
        { Head + "listen:\n  peers:\n    port: https\n", 5, "listen.peers.port", "'https'", "7443" },
        { Head + "listen:\n  peers:\n    address: nowhere\n", 5, "listen.peers.address", "'nowhere' is not an IP address", "0.0.0.0" },
        { Head + "listen:\n  peers:\n    publicAddress: http://a.example:1\n", 5, "listen.peers.publicAddress", "not an address of the form https://", "https://" },
        { Head + "listen:\n  peers:\n    publicAddress: https://u:p@a.example\n", 5, "listen.peers.publicAddress", "has a user", "https://" },
        { Head + "listen:\n  peers:\n    tls:\n      clientCertificates: always\n", 6, "listen.peers.tls.clientCertificates", "'always' is not known", "none or allowed or required" },
        { Head + "listen:\n  peers:\n    tls:\n      clientCertificates: none\n      ca: ca.pem\n", 7, "listen.peers.tls.ca", "not asked for", "leave ca out" },
        { Head + "listen:\n  peers:\n    tls:\n      certficate: x\n", 6, "listen.peers.tls.certficate", "is not a key", "did you mean certificate?" },
        { Head + "listen:\n  managment:\n    port: 1\n", 4, "listen.managment", "is not a key", "did you mean management?" },
        { Head + "listen:\n  management: []\n", 4, "listen.management", "is not a section", "indented" },
        { Head + "keys: none\n", 3, "keys", "is not a section", "indented" },
        { Head + "store:\n  postgres: x\n", 4, "store.postgres", "is not a key", "the keys here are sqlite" },
        { Head + "store:\n  sqlite: \"a\\0b\"\n", 4, "store.sqlite", "U+0000", "without it" },
        { Head + "listen:\n  peers:\n    tls:\n      ca: \"\\0\"\n", 6, "listen.peers.tls.ca", "U+0000", "without it" },
        { Head + "data:\n  recieved: x\n", 4, "data.recieved", "is not a key", "did you mean received?" },
        { Head + "trust:\n  tokenLifetime: 5\n", 4, "trust.tokenLifetime", "'5' is not a duration", "10s to 5m" },
        { Head + "trust:\n  tokenLifetime: 2h\n", 4, "trust.tokenLifetime", "too long", "10s to 5m" },
        { Head + "trust:\n  tokenLifetime: PT\n", 4, "trust.tokenLifetime", "is not a duration", "1m" },
        { Head + "trust:\n  skew: 6m\n", 4, "trust.skew", "too long", "30s" },
        { Head + "trust:\n  skew: 99999999999999999999d\n", 4, "trust.skew", "is not a duration", "30s" },
        { Head + "trust:\n  domains: oidc\n", 4, "trust.domains", "is not a list", "after '- '" },
        { Head + "trust:\n  domains: [oidc]\n", 4, "trust.domains[0]", "is not a section", "- name:" },
        { Head + "trust:\n  domains:\n    - name: a\n", 5, "trust.domains[0].issuer", "is missing", "issuer's identifier" },
        { Head + "trust:\n  domains:\n    - issuer: https://i.example\n", 5, "trust.domains[0].name", "is missing", "Peer documents" },
        { Head + "trust:\n  domains:\n    - name: a\n      issuer: http://i.example\n", 6, "trust.domains[0].issuer", "not an address of the form https://", "https" },
        { Head + "trust:\n  domains:\n    - name: pinned\n      issuer: https://i.example\n", 5, "trust.domains[0].name", "'pinned'", "another name" },
        { Head + "trust:\n  domains:\n    - kind: saml\n      name: a\n      issuer: https://i.example\n", 5, "trust.domains[0].kind", "'saml'", "oidc" },
        { Head + "trust:\n  domains:\n    - name: a\n      issuer: https://i.example\n      claims: x\n", 7, "trust.domains[0].claims", "is not a mapping", "name: word" },
        { Head + "trust:\n  domains:\n    - name: a\n      issuer: https://i.example\n    - name: a\n      issuer: https://j.example\n", 5, "trust.domains", "2 entries named 'a'", "own name" },
        { Head + "limits:\n  messageBytes: 1\n", 4, "limits.messageBytes", "'1' is not a whole number from 16384", "1048576" },
        { Head + "limits:\n  connections: many\n", 4, "limits.connections", "'many'", "1000" },
        { Head + "recovery:\n  period: 1ms\n", 4, "recovery.period", "too short", "1s to 1d" },
        { Head + "negotiation:\n  maxRounds: 0\n", 4, "negotiation.maxRounds", "'0'", "8" },
        { Head + "telemetry:\n  otlp: collector\n", 4, "telemetry.otlp", "'collector'", "http://host:port or https://host:port" },
        { Head + "databse: {}\n", 3, "databse", "is not a key", "participant, listen" },
        { Head + "recovery: { period: 1m\n", 4, "", "", "" },
        { Head + "participant:\n  id: did:web:b.example\n", 3, "", "participant", "" },
        { Head + "\tname: A\n", 3, "", "", "" },
        { "- a\n- b\n", 1, "", "", "" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_fault_names_its_line_its_key_and_the_mend(string text, int line, string key, string message, string mend)
    {
        var result = Configurations.Parse(text);

        Assert.False(result.IsValid);
        var fault = Assert.Single(result.Faults);
        Assert.Equal(line, fault.Line);
        Assert.Equal(key, fault.Key);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Contains(mend, fault.Mend, StringComparison.Ordinal);
        Assert.NotEmpty(fault.Mend);
        Assert.StartsWith($"connector.yaml:{line}:", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_reported_at_once_in_the_order_of_the_file()
    {
        var result = Configurations.Parse("participant:\n  id: x\n  nam: y\nlisten:\n  peers:\n    port: z\nrecovery:\n  period: 0s\nother: 1\n");

        Assert.Equal([2, 3, 6, 8, 9], result.Faults.Select(f => f.Line));
    }

    [Fact]
    public void A_file_that_is_not_there_says_how_to_make_one()
    {
        var result = ConfigurationReader.Read(Path.Combine(Path.GetTempPath(), "no-such-folder", "connector.yaml"));

        var fault = Assert.Single(result.Faults);
        Assert.Contains("connector init", fault.Mend, StringComparison.Ordinal);
    }
}
