using System.Text;
using Connector.Policy.Tests;

namespace Connector.Cli.Tests.Publications;

/// <summary>Files that must not be applied: each with its bytes.</summary>
internal static class BrokenFiles
{
    private const string Head = "apiVersion: connector/v1\nkind: Policy\nname: broken\n";

    private static readonly string[] s_texts =
    [
        // What is no document.
        "x", "- a\n- b", "[]", "{}", "name: x", "apiVersion: connector/v2\nkind: Policy\nname: x\npermit: [ { action: use } ]", "apiVersion: connector/v1\nkind: policy\nname: x", "apiVersion: connector/v1\nkind: 1\nname: x",
        "apiVersion: [ connector/v1 ]\nkind: Policy\nname: x", "apiVersion: connector/v1\nkind: Polizy\nname: x", "apiVersion: connector/v1\nname: x", "apiVersion: connector/v1\nkind: Policy",

        // Names.
        "apiVersion: connector/v1\nkind: Policy\nname: ''\npermit: [ { action: use } ]", "apiVersion: connector/v1\nkind: Policy\nname: a b\npermit: [ { action: use } ]", "apiVersion: connector/v1\nkind: Policy\nname: ../x\npermit: [ { action: use } ]",
        "apiVersion: connector/v1\nkind: Policy\nname: [ a ]\npermit: [ { action: use } ]", "apiVersion: connector/v1\nkind: Policy\nname: 方針\npermit: [ { action: use } ]", $"apiVersion: connector/v1\nkind: Policy\nname: {new string('n', 129)}\npermit: [ {{ action: use }} ]",
        $"{Head}permit: [ {{ action: use }} ]\n---\n{Head}permit: [ {{ action: use }} ]",

        // YAML that is none, or more than people write.
        Head + "permit:\n\t- action: use", Head + "permit: [ { action: use", Head + "permit: \"use", Head + "permit: 'use", Head + "permit: { action: use ]", Head + "permit: [ { action: use } ]\n  title: { en: x }", Head + "permit: @use", Head + "permit: `use`",
        Head + "permit: %use", Head + "permit: [ { action: use } ]\npermit: [ { action: use } ]", Head + "title: { en: a, en: b }\npermit: [ { action: use } ]", Head + "? [ a ]\n: b", Head + "? { a: b }\n: c", Head + "permit: !!set { use }", Head + "permit: !!binary dXNl",
        Head + "permit: !mine [ { action: use } ]", Head + "permit: [ { action: !!str use } ]", "%YAML 9.9\n---\n" + Head, "%TAG ! tag:x,2026:\n---\n" + Head, Head + "permit: |\n  use", Head + "permit: >-\n  use", "---\n---\n---\nx", "... x", "\"", "'", "{", "[", "&", "*", "!", "|x", "%",

        // Anchors, aliases, merges, cycles, bombs.
        Head + "permit: &a [ { action: use } ]", Head + "permit: &a [ *a ]", Head + "x: &x { y: *x }\npermit: [ { action: use } ]", Head + "base: &b { action: use }\npermit: [ { <<: *b } ]", Head + "permit: [ { <<: { action: use } } ]", Head + "permit: *nowhere",
        "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]",
        Head + "permit: " + new string('[', 5_000), Head + "permit: " + new string('[', 200_000), Head + "permit: " + string.Concat(Enumerable.Repeat("{ a: ", 5_000)), Head + "permit:\n" + string.Concat(Enumerable.Range(1, 300).Select(i => new string(' ', i) + "-\n")),
        Head + "permit: [ { when: [ " + string.Concat(Enumerable.Repeat("{ any: [ ", 40)) + "{ country: JP }" + string.Concat(Enumerable.Repeat(" ] }", 40)) + " ] } ]",

        // More than anybody reads.
        Head + string.Concat(Enumerable.Range(0, 60_000).Select(i => $"k{i}: x\n")), Head + "permit:\n" + string.Concat(Enumerable.Repeat("  - x\n", 90_000)), Head + "permit:\n" + string.Concat(Enumerable.Repeat("- a\n", 200_000)),
        Head + "permit: [ { when: [ { lei: { in: [" + string.Join(',', Enumerable.Range(0, 1_025)) + "] } } ] } ]", Head + "permit:\n" + string.Concat(Enumerable.Repeat("  - action: use\n", 257)), Head + "permit: [ { action: " + new string('u', 900_000) + " } ]",
        Head + new string('k', 900_000) + ": x\npermit: [ { action: use } ]", $"{Head}permit: [ {{ action: use }} ]\n# {new string('x', 1_100_000)}",
        "apiVersion: connector/v1\nkind: Peer\nname: p\nparticipantId: did:web:p.example\nkeys: [ {" + string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"k{i}: x")) + "} ]",
        "apiVersion: connector/v1\nkind: Offer\nname: o\nterms: fresh\ndatasets: [" + string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"d{i}")) + "]",

        // Lines end as they do on Windows; the place must be right all the same.
        (Head + "permit:\n  - action: sue\n").Replace("\n", "\r\n", StringComparison.Ordinal),

        // References to what is not there, or is something else.
        "apiVersion: connector/v1\nkind: Offer\nname: o\ndatasets: [ nowhere ]\nterms: nothing", "apiVersion: connector/v1\nkind: Offer\nname: o\ndatasets: [ o ]\nterms: o", "apiVersion: connector/v1\nkind: Offer\nname: o\ndatasets: [ d ]\nterms: [ a, b ]",
        "apiVersion: connector/v1\nkind: Offer\nname: o\ndatasets: [ { name: d } ]\nterms: base", "apiVersion: connector/v1\nkind: Offer\nname: o\ndatasets: [ d ]\nterms: base\nvisibleTo: nobody", "apiVersion: connector/v1\nkind: Offer\nname: o\ndatasets: [ d ]\nterms: base\naccept: perhaps",
        "apiVersion: connector/v1\nkind: Dataset\nname: d\nsource: { file: ./nowhere.json }", "apiVersion: connector/v1\nkind: Dataset\nname: d\nsource: ./data.json", "apiVersion: connector/v1\nkind: Dataset\nname: d", "apiVersion: connector/v1\nkind: Dataset\nname: d\nsource: { file: }",
        "apiVersion: connector/v1\nkind: Dataset\nname: d\nsource: { fiel: ./x }", "apiVersion: connector/v1\nkind: Dataset\nname: d\ntitle: x\nsource: { file: ./a.yaml }", "apiVersion: connector/v1\nkind: Dataset\nname: d\ntitle: { en: [ x ] }\nsource: { file: ./a.yaml }",
        "apiVersion: connector/v1\nkind: Dataset\nname: d\nsource: { file: \"a\\0b\" }", "apiVersion: connector/v1\nkind: Dataset\nname: d\nsource: { folder: \"\\0\" }", "apiVersion: connector/v1\nkind: Dataset\nname: d\nsource: { http: { url: https://a.example, credentials: { bearer: { file: \"a\\0b\" } } } }",
        "apiVersion: connector/v1\nkind: Peer\nname: p", "apiVersion: connector/v1\nkind: Peer\nname: p\nparticipantId: acme", "apiVersion: connector/v1\nkind: Peer\nname: p\nparticipantId: did:web:p.example\naddress: http://p.example\nkeys: [ { kty: EC, crv: P-256, x: a, y: b } ]",
        "apiVersion: connector/v1\nkind: Peer\nname: p\nparticipantId: did:web:own.example\nkeys: [ { kty: EC, crv: P-256, x: a, y: b } ]", "apiVersion: connector/v1\nkind: Peer\nname: p\nparticipantId: did:web:p.example\nkeys: [ { kty: EC } ]",
        "apiVersion: connector/v1\nkind: Peer\nname: p\nparticipantId: did:web:p.example\nkeys: [ { kty: EC, crv: P-256, x: a, y: b } ]\nidentifiers: { corporateNumber: '1234567890123' }", "apiVersion: connector/v1\nkind: Peer\nname: p\nparticipantId: did:web:p.example\nkeys: [ { kty: EC, kty: EC, crv: P-256, x: a, y: b } ]",
        "apiVersion: connector/v1\nkind: Peer\nname: p\nparticipantId: did:web:p.example\nkeys: [ { kty: EC, crv: P-256, x: a, y: b } ]\nclaims: { membership: { is: active } }",
        "apiVersion: connector/v1\nkind: Vocabulary\nname: v", "apiVersion: connector/v1\nkind: Vocabulary\nname: v\noperands: [ { word: country, claim: c } ]", "apiVersion: connector/v1\nkind: Vocabulary\nname: v\noperands: [ { word: a b, claim: c } ]",
        "apiVersion: connector/v1\nkind: Vocabulary\nname: v\noperands: [ { word: tier, claim: a b } ]", "apiVersion: connector/v1\nkind: Vocabulary\nname: v\noperands: [ { word: tier, claim: c, type: color } ]", "apiVersion: connector/v1\nkind: Vocabulary\nname: v\noperands: [ { word: tier, claim: c, iri: tier } ]",
        "apiVersion: connector/v1\nkind: Vocabulary\nname: v\noperands: [ { word: tier, claim: c, iri: 'http://www.w3.org/ns/odrl/2/count' } ]", "apiVersion: connector/v1\nkind: Vocabulary\nname: v\noperands: [ { word: tier, claim: c, operators: [ gt ] } ]",
        $"apiVersion: connector/v1\nkind: Vocabulary\nname: v\noperands: [ {string.Join(", ", Enumerable.Range(0, 257).Select(i => $"{{ word: w{i}, claim: c }}"))} ]",
    ];

    private static readonly byte[] s_whole = Encoding.UTF8.GetBytes($"{Head}title: {{ ja: 方針 }}\npermit: [ {{ action: use }} ]\n");

    private static readonly byte[][] s_bytes =
    [
        // What is not UTF-8.
        [0xFF], [0x80], [.. s_whole, 0xC3, 0x28], [.. s_whole, 0xE3, 0x81], [.. s_whole, 0xC0, 0x80], [.. s_whole, 0xED, 0xA0, 0x80], [.. s_whole, 0xF5, 0x80, 0x80, 0x80], s_whole[..90].Concat(new byte[] { 0xFE }).Concat(s_whole[90..]).ToArray(),
        Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Head)).ToArray(), Encoding.BigEndianUnicode.GetPreamble().Concat(Encoding.BigEndianUnicode.GetBytes(Head)).ToArray(), Encoding.UTF32.GetPreamble().Concat(Encoding.UTF32.GetBytes(Head)).ToArray(),
        Encoding.Latin1.GetBytes($"{Head}title: {{ de: Für Kunden }}\npermit: [ {{ action: use }} ]\n"),

        // Characters that YAML does not have.
        [.. Encoding.UTF8.GetBytes(Head), 0x00], [0x00], new byte[4096], [.. Encoding.UTF8.GetBytes(Head + "permit: [ { action: us"), 0x00, .. "e } ]"u8], [.. Encoding.UTF8.GetBytes(Head + "permit: [ { action: "), 0x07, .. "use } ]"u8], [.. Encoding.UTF8.GetBytes(Head + "permit: \"\\ud800\"\n")],

        // A byte order mark before what is wrong, and in the middle.
        [.. Encoding.UTF8.GetPreamble(), .. "kind: Polizy\n"u8], [.. s_whole, .. "---\n"u8, .. Encoding.UTF8.GetPreamble(), .. "kind: Policy\n"u8],

        // Many megabytes.
        Enumerable.Repeat((byte)'#', 8 * 1024 * 1024).ToArray(), Enumerable.Repeat((byte)'\n', 2 * 1024 * 1024).ToArray(), Enumerable.Repeat((byte)'[', 3 * 1024 * 1024).ToArray(), new byte[16 * 1024 * 1024], [.. s_whole, .. Enumerable.Repeat((byte)' ', 1024 * 1024)],
    ];

    public static IReadOnlyList<byte[]> All { get; } = [.. BrokenPolicies.All.Select(BrokenPolicies.File).Concat(s_texts).Select(Encoding.UTF8.GetBytes), .. s_bytes];
}
