using Connector.Policies;
using CsCheck;

namespace Connector.Policy.Tests;

public sealed class OdrlDocumentTests
{
    private static readonly Gen<OdrlDocument> s_document = Gen.Select(
        Gen.Enum<PolicyKind>(), Gen.Bool, Gen.DateTimeOffset, PolicyGen.Policy,
        (kind, named, at, rules) => new OdrlDocument(
            kind, "urn:uuid:1", named || kind == PolicyKind.Agreement ? "urn:dataset:a" : null, named || kind == PolicyKind.Agreement ? "did:web:a.example" : null,
            kind == PolicyKind.Agreement ? "did:web:b.example" : null, named ? at : null, rules));

    [Fact]
    public void What_is_written_reads_back_the_same() => s_document.Sample(document =>
    {
        Assert.True(OdrlDocument.TryRead(document.ToJson(), out var read, out var faults), $"{string.Join('\n', faults)}\n{document.ToJson()}");
        Assert.Equal(document.ToJson(), read!.ToJson());
        return read == document;
    });

    [Theory]
    [InlineData("""{"@id":"a","@type":"Contract","permission":[{"action":"use"}]}""", "@type")]
    [InlineData("""{"@id":"a","permission":[{"action":"use"}]}""", "@type")]
    [InlineData("""{"@type":"Offer","permission":[{"action":"use"}]}""", "@id")]
    [InlineData("""{"@id":"a","@type":"Agreement","target":"t","assigner":"x","permission":[{"action":"use"}]}""", "assignee")]
    [InlineData("""{"@id":"a","@type":"Offer","target":5,"permission":[{"action":"use"}]}""", "target")]
    [InlineData("""{"@id":"a","@type":"Offer","timestamp":"2027-01-01","permission":[{"action":"use"}]}""", "timestamp")]
    [InlineData("""{"@id":"a","@type":"Offer"}""", "permission")]
    [InlineData("""{"@id":"a","@type":"Offer","permission":[{"action":["use","print"]}]}""", "permission[0].action")]
    [InlineData("""{"@id":"a","@type":"Offer","permission":[{"action":"use","duty":[{"action":"delete","consequence":[{"action":"nope"}]}]}]}""", "permission[0].duty[0].consequence[0].action")]
    [InlineData("""{"@id":"a","@type":"Offer","prohibition":[{"action":[{"rdf:value":{"@id":"odrl:print"},"refinement":[{"leftOperand":"nope","operator":"eq","rightOperand":"x"}]}]}]}""", "prohibition[0].action.refinement[0].leftOperand")]
    [InlineData("[]", "")]
    [InlineData("{", "")]
    public void What_is_wrong_is_named(string json, string path)
    {
        Assert.False(OdrlDocument.TryRead(json, out _, out var faults));
        Assert.Contains(path, faults.Select(f => f.Path));
    }

    [Fact]
    public void A_refined_action_a_consequence_and_a_remedy_are_read()
    {
        const string Json = """
            {"@id":"a","@type":"odrl:Set",
             "permission":[{"action":{"http://www.w3.org/1999/02/22-rdf-syntax-ns#value":"odrl:print","refinement":{"leftOperand":"odrl:count","operator":"odrl:lteq","rightOperand":{"@value":"3","@type":"xsd:integer"}}},
               "duty":[{"action":"odrl:delete","consequence":[{"action":[{"@id":"odrl:compensate"}]}]}]}],
             "prohibition":[{"action":"odrl:distribute","remedy":[{"action":"odrl:anonymize"}]}]}
            """;

        Assert.True(OdrlDocument.TryRead(Json, out var document, out var faults), string.Join('\n', faults));
        var permission = Assert.Single(document!.Rules.Permissions);
        Assert.Equal((PolicyKind.Set, "print", "compensate"), (document.Kind, permission.Action, permission.Duties[0].Consequences[0].Action));
        Assert.Equal(["3"], Assert.IsType<AtomicConstraint>(Assert.Single(permission.Refinements)).Values);
        Assert.Equal("anonymize", Assert.Single(document.Rules.Prohibitions).Remedies[0].Action);
    }
}
