using System.Globalization;
using Connector.ControlPlane.Publications;
using Connector.Policies;
using Connector.Policies.Lint;
using CsCheck;

namespace Connector.Cli.Tests.Publications;

/// <summary>Documents whose values are whatever an operator may write.</summary>
public sealed class StrangeDocumentTests
{
    private static readonly string[] s_documents =
    [
        "kind: Peer\nname: p\nparticipantId: @did:web:p.example\naddress: @https://p.example\ndsp: @https://p.example/dsp\ndspVersion: @2025-1\ntrust: @space\nkeys:\n  - { kty: @EC, crv: P-256, x: @a, y: @b }\ncertificates: [ @a ]\nidentifiers: { bpn: @BPNL00000003AYRE, lei: @a, corporateNumber: @a }\nclaims: { membership: @active }",
        "kind: Dataset\nname: d\nid: @urn:d\ntitle: { en: @d }\nprofile: @pact/3.0\ncontentType: @application/json\nversion: @1.0\nlanguage: @ja\nsource:\n  file: @./data.json",
        "kind: Dataset\nname: d\nsource: { folder: @./data }",
        "kind: Dataset\nname: d\nsource:\n  http: { url: @https://a.example, paths: [ @a ], query: @q, headers: { Accept: @a }, allowedNetworks: @10.0.0.0/8, maxBytes: @10, credentials: { bearer: { file: @./secret }, headers: { X-Key: { env: @KEY } } } }",
        "kind: Offer\nname: @o\nid: @urn:o\ndatasets: @d\nterms: @p\nvisibleTo: @p\naccept: @auto",
        "kind: Vocabulary\nname: @v\noperands:\n  - { word: @tier, claim: @tier, iri: @urn:tier, type: @text, operators: @eq, enforced: @catalog, title: { en: @t } }",
        "kind: Policy\nname: @p\ntitle: @t\nprofile: @urn:p\npermit:\n  - action: @use\n    when: [ { now: { until: @2029-01-01T00:00:00Z } }, { elapsed: { max: @P1D } }, { country: @JP }, { claim: { name: @a, is: @b } } ]\n    then: [ { delete: { within: @P1D, after: @agreementEnd } } ]\nforbid:\n  - when: [ { count: { max: @10 } } ]",
    ];

    // Which of the values that can be written anew are, and with what.
    private static readonly Gen<string> s_text = Gen.Select(Gen.Int[0, s_documents.Length - 1], Gen.Int[0, 99], StrangeValues.Yaml, Gen.Int[0, 199], StrangeValues.Yaml).Select((which, one, value, other, more) =>
    {
        var parts = $"apiVersion: connector/v1\n{s_documents[which]}\n".Split('@');
        for (var i = 1; i < parts.Length; i++)
        {
            var end = parts[i].AsSpan().IndexOfAny(" ,\n");
            parts[i] = i == 1 + (one % (parts.Length - 1)) ? value + parts[i][end..] : i == 1 + (other % (parts.Length - 1)) && other < 100 ? more + parts[i][end..] : parts[i];
        }

        return string.Concat(parts);
    });

    [Fact]
    public void Whatever_a_document_says_it_is_read_or_every_fault_of_it_is_told_with_its_place()
    {
        var (whole, faulty) = (0, 0);
        s_text.Sample(text =>
        {
            var faults = new List<Fault>();
            var now = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
            var read = DocumentReader.Read(DocumentReader.Open(new DocumentFile("d.yaml", "/", text), now, faults), Vocabulary.BuiltIn, faults);
            Assert.All(faults, fault => Assert.True(fault is { File: "d.yaml", Line: > 0, Column: > 0, Message.Length: > 0, Mend.Length: > 0 }, fault.ToString()));
            Assert.Equal(faults.Count == 0, read.Documents.Length == 1);
            Interlocked.Increment(ref faults.Count == 0 ? ref whole : ref faulty);
            foreach (var document in read.Documents.Where(d => d.Content is PolicyDocument))
            {
                var policy = (PolicyDocument)document.Content;
                Assert.NotEmpty(PolicyYaml.Write(policy));
                Assert.False(PolicyLint.Check(new PolicySource(policy, document.Root, "d.yaml"), DateTimeOffset.MaxValue).IsDefault);
            }
        }, iter: 5_000);
        Assert.True(whole > 200 && faulty > 200, string.Create(CultureInfo.InvariantCulture, $"{whole} were whole and {faulty} faulty"));
    }
}
