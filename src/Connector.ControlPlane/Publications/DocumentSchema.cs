using System.Text.Json.Nodes;
using Connector.Policies;
using Connector.Policies.Schemas;
using static Connector.Policies.Schemas.Schema;

namespace Connector.ControlPlane.Publications;

/// <summary>The JSON Schema of every document that operators write, for completion and hover in editors of YAML.</summary>
public static class DocumentSchema
{
    /// <param name="vocabulary">The words that policies may use.</param>
    public static JsonObject Of(Vocabulary vocabulary)
    {
        var definitions = new JsonObject
        {
            ["title"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject { ["en"] = Text().Said("In English."), ["ja"] = Text().Said("In Japanese.") },
                ["additionalProperties"] = Text(),
            },
        };
        var policy = Document(DocumentKind.Policy, "What is permitted, forbidden and owed.", With(PolicySchema.Properties(definitions, vocabulary), ("title", Ref("title").Said("What it is called, by language."))));
        policy["anyOf"] = PolicySchema.Required();
        definitions["Policy"] = policy;
        definitions["Vocabulary"] = Document(DocumentKind.Vocabulary, "Words of conditions that are added to the built-in ones.", VocabularySchema.Properties(), "operands");
        definitions["Dataset"] = Document(DocumentKind.Dataset, "Data that can be offered, and where its bytes are.", Dataset(), "source");
        definitions["Offer"] = Document(DocumentKind.Offer, "Datasets, who may know of them, and on what terms they are given.", Offer(), "datasets", "terms");
        definitions["Peer"] = Document(DocumentKind.Peer, "A partner: where it is reached, by which keys it is known, and what you vouch for.", Peer(), "participantId");
        return Root("Documents of the Connector", AnyOf(Enum.GetNames<DocumentKind>().Select(Ref)), definitions);
    }

    private static JsonObject Document(DocumentKind kind, string says, JsonObject properties, params string[] required) => Mapping(
        With(
            properties,
            ("apiVersion", Word("connector/v1").Said("Always connector/v1.")),
            ("kind", Word(kind.ToString()).Said(says)),
            ("name", Text("^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$").Said("What other documents call it by: letters, digits, '-', '_' and '.'."))),
        ["apiVersion", "kind", "name", .. required]);

    private static JsonObject Dataset() => new()
    {
        ["id"] = Text().Said("Its @id in catalogs and agreements; urn:dataset: and the name when left out."),
        ["title"] = Ref("title").Said("What it is called, by language."),
        ["profile"] = Text().Said("What its payload claims to be, such as pact/3.0."),
        ["contentType"] = Text().Said("Its media type; the source decides when left out."),
        ["version"] = Text().Said("Its version, for policies that name one."),
        ["language"] = Text().Said("The language of its text, such as ja, for policies that name one."),
        ["source"] = SourceSchema.Make(),
    };

    private static JsonObject Offer() => new()
    {
        ["id"] = Text().Said("Its @id in catalogs; urn:offer: and the name when left out."),
        ["datasets"] = SomeOf(Text()).Said("Names of Dataset documents."),
        ["visibleTo"] = Text().Said("Name of the Policy that says who may know of it; every authenticated peer when left out."),
        ["terms"] = Text().Said("Name of the Policy that the agreement will state."),
        ["accept"] = Word("auto", "manual", "stepwise").Said("auto: the policy decides at once. manual: you approve each request. stepwise: you take every step yourself."),
    };

    private static JsonObject Peer() => new()
    {
        ["participantId"] = Text().Said("Its DID, such as did:web:acme.example.jp."),
        ["address"] = Text().Said("Where it is reached by gRPC: https://host:port."),
        ["dsp"] = Text().Said("Where it is reached by the Dataspace Protocol: https://host/dsp/2025-1."),
        ["dspVersion"] = Word("2025-1", "2024-1").Said("The version of the Dataspace Protocol it speaks; when left out, the newest that both speak, by its version document."),
        ["keys"] = ListOf(new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["kty"] = Text().Said("EC or OKP."), ["crv"] = Text().Said("Such as P-256."), ["x"] = Text(), ["y"] = Text(), ["kid"] = Text() },
            ["required"] = Array("kty", "crv", "x", "y"),
            ["additionalProperties"] = Text(),
        }).Said("Its public keys as JWK; copy them from the peer.yaml that the partner handed over."),
        ["certificates"] = ListOf(Text()).Said("Pins of the TLS certificates that it shows."),
        ["trust"] = Text().Said("pinned, or the name of a trust domain of connector.yaml."),
        ["identifiers"] = Mapping(new JsonObject { ["corporateNumber"] = Text(), ["bpn"] = Text(), ["lei"] = Text() }).Said("Business identifiers that you vouch for."),
        ["claims"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = SomeOf(Text()) }.Said("Other claims that you vouch for, such as membership: active."),
    };

    private static JsonObject With(JsonObject properties, params ReadOnlySpan<(string Key, JsonObject Schema)> more)
    {
        foreach (var (key, schema) in more)
        {
            properties[key] = schema;
        }

        return properties;
    }
}
