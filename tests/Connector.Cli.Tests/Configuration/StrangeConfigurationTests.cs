using System.Globalization;
using CsCheck;

namespace Connector.Cli.Tests.Configuration;

/// <summary>Configurations whose values are whatever an operator may write.</summary>
public sealed class StrangeConfigurationTests
{
    private static readonly string[] s_keys =
    [
        "participant.id", "participant.name", "participant.identifiers", "participant.identifiers.corporateNumber", "participant.identifiers.bpn", "participant.identifiers.lei", "listen.peers.address", "listen.peers.port", "listen.peers.publicAddress",
        "listen.peers.tls.certificate", "listen.peers.tls.ca", "listen.peers.tls.clientCertificates", "listen.peers.tls.presentAsClient", "listen.management.address", "listen.management.tokenFile", "listen.dsp", "listen.dsp.port", "listen.dsp.tls", "listen.dsp.publicAddress", "store.sqlite",
        "data.received", "data.cache", "keys.folder", "trust.tokenLifetime", "trust.skew", "trust.domains", "limits.messageBytes", "limits.connections", "recovery.period", "negotiation.maxRounds", "outbound.allowedNetworks", "telemetry.otlp",
        "trust.domains[0].name", "trust.domains[0].kind", "trust.domains[0].issuer", "trust.domains[0].clientId", "trust.domains[0].scopes", "trust.domains[0].claims", "trust.domains[0].participant", "trust.domains[0].issuerPins", "trust.domains[0].issuerCa", "trust.domains[0].endpointAddresses",
    ];

    [Fact]
    public void Whatever_a_configuration_says_it_is_read_or_every_fault_of_it_is_told_with_its_place()
    {
        var (valid, faulty) = (0, 0);
        Gen.Select(Gen.Int[0, s_keys.Length - 1].Select(i => s_keys[i]), StrangeValues.Yaml).Array[1, 4].Sample(settings =>
        {
            var result = Configurations.Parse(Text(settings));
            if (result.Options is { } options)
            {
                Interlocked.Increment(ref valid);
                Assert.DoesNotContain(options.Participant.Id, char.IsControl);
                return;
            }

            Interlocked.Increment(ref faulty);
            Assert.All(result.Faults, fault => Assert.True(fault.Line > 0 && fault.Column > 0 && fault.Message.Length > 0 && fault.Mend.Length > 0, fault.ToString()));
        }, iter: 5_000);
        Assert.True(valid > 200 && faulty > 200, string.Create(CultureInfo.InvariantCulture, $"{valid} were valid and {faulty} faulty"));
    }

    private static string Text((string Key, string Value)[] settings)
    {
        var tree = new SortedDictionary<string, object>(StringComparer.Ordinal) { ["participant"] = new SortedDictionary<string, object>(StringComparer.Ordinal) { ["id"] = "did:web:a.example" } };
        foreach (var (key, value) in settings)
        {
            var node = tree;
            var parts = key.Split('.');
            foreach (var part in parts[..^1])
            {
                node = node.GetValueOrDefault(part) is SortedDictionary<string, object> there ? there : (SortedDictionary<string, object>)(node[part] = new SortedDictionary<string, object>(StringComparer.Ordinal));
            }

            node[parts[^1]] = value;
        }

        return string.Join('\n', tree.SelectMany(e => Lines(e.Key, e.Value)));
    }

    private static IEnumerable<string> Lines(string key, object value) => (key, value) switch
    {
        ("domains[0]", SortedDictionary<string, object> domain) => ["domains:", "  -", .. domain.SelectMany(e => Lines(e.Key, e.Value)).Select(l => "    " + l)],
        (_, SortedDictionary<string, object> section) => [$"{key}:", .. section.SelectMany(e => Lines(e.Key, e.Value)).Select(l => "  " + l)],
        _ => [$"{key}: {value}"],
    };
}
