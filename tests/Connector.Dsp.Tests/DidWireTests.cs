using System.Text.Json.Nodes;
using Connector.ControlPlane.Participants;
using Connector.Dsp.Wire;

namespace Connector.Dsp.Tests;

public sealed class DidWireTests
{
    private const string Id = "did:web:connector.example";
    private static readonly Participant s_self = new(Id, "ours", "https://connector.example:7443", "https://connector.example/base/dsp/2025-1");

    [Theory]
    [InlineData("did:web:connector.example", "/.well-known/did.json")]
    [InlineData("did:web:connector.example%3A8443", "/.well-known/did.json")]
    [InlineData("did:web:example.jp:plants:osaka", "/plants/osaka/did.json")]
    [InlineData("did:web:example.jp:a%20b", "/a b/did.json")]
    [InlineData("urn:connector:sut", null)]
    public void The_document_is_where_did_web_has_it_looked_for(string id, string? path) => Assert.Equal(path, DidWire.PathOf(id));

    [Fact]
    public void It_holds_every_public_key_for_each_purpose_and_nothing_private()
    {
        var document = Document("""{"kid":"did:web:connector.example#new","kty":"EC","crv":"P-256","x":"x2","y":"y2"}""", """{"kid":"did:web:connector.example#old","kty":"EC","crv":"P-256","x":"x1","y":"y1"}""");

        Assert.Equal(Id, (string)document["id"]!);
        string[] ids = [Id + "#new", Id + "#old"];
        Assert.Equal(ids, document["verificationMethod"]!.AsArray().Select(m => (string)m!["id"]!));
        Assert.All(document["verificationMethod"]!.AsArray(), m => Assert.Equal(("JsonWebKey2020", Id, false), ((string)m!["type"]!, (string)m["controller"]!, m["publicKeyJwk"]!.AsObject().ContainsKey("d"))));
        Assert.All((string[])["authentication", "assertionMethod", "capabilityInvocation"], purpose => Assert.Equal(ids, document[purpose]!.AsArray().Select(i => (string)i!)));
    }

    [Fact]
    public void Its_services_tell_where_versions_catalog_and_the_native_binding_are()
    {
        var services = Document()["service"]!.AsArray().Select(s => ((string)s!["type"]!, (string)s["serviceEndpoint"]!));

        Assert.Equal(
            [("DataService", "https://connector.example/base/.well-known/dspace-version"), ("CatalogService", "https://connector.example/base/dsp/2025-1/catalog"), ("dataspace.peer.v1", "https://connector.example:7443")],
            services);
    }

    private static JsonNode Document(params string[] jwks) => JsonNode.Parse(DidWire.Write(s_self, jwks))!;
}
