using System.Collections.Immutable;
using System.Text.Json;
using Connector.Policies;
using CsCheck;

namespace Connector.Policy.Tests;

/// <summary>What ODRL can say and this model cannot is refused with its place, never dropped.</summary>
public sealed class OdrlLossTests
{
    [Theory]
    [InlineData("""{"permission":[{"action":"use"}],"prohibitions":[{"action":"use"}]}""", "prohibitions", "did you mean 'prohibition'?")]
    [InlineData("""{"permission":[{"action":"use","target":"urn:other"}]}""", "permission[0].target", "")]
    [InlineData("""{"permission":[{"action":"use","assignee":"urn:somebody"}]}""", "permission[0].assignee", "")]
    [InlineData("""{"permission":[{"action":"use","constraint":[{"leftOperand":"odrl:count","operator":"eq","rightOperand":"1","unit":"urn:uses"}]}]}""", "permission[0].constraint[0].unit", "")]
    [InlineData("""{"permission":[{"action":"use","constraint":[{"leftOperand":"odrl:count","operator":"eq","rightOperandReference":"urn:x"}]}]}""", "permission[0].constraint[0].rightOperandReference", "")]
    [InlineData("""{"permission":[{"action":"use","constraint":[{"and":[{"leftOperand":"odrl:count","operator":"eq","rightOperand":"1"}],"leftOperand":"odrl:spatial"}]}]}""", "permission[0].constraint[0].leftOperand", "")]
    [InlineData("""{"permission":[{"action":"use","odrl:remedy":[]}]}""", "permission[0].odrl:remedy", "")]
    [InlineData("""{"permission":[{"action":"use"}],"http://www.w3.org/ns/odrl/2/prohibition":[]}""", "http://www.w3.org/ns/odrl/2/prohibition", "")]
    [InlineData("""{"permission":[{"action":"use"}],"inheritFrom":["urn:x"]}""", "inheritFrom", "write the inherited rules out")]
    [InlineData("""{"permission":[{"action":"use","constraint":[{"leftOperand":"odrl:language","operator":"eq","rightOperand":5}]}]}""", "permission[0].constraint[0].rightOperand", "write values as strings")]
    [InlineData("""{"permission":[{"action":"use","constraint":[{"leftOperand":"odrl:language","operator":"eq","rightOperand":"\ud800"}]}]}""", "permission[0].constraint[0].rightOperand", "write values as strings")]
    [InlineData("""{"permission":[{"action":"use","constraint":[{"leftOperand":"odrl:language","operator":"eq","rightOperand":"x\u001b[2J"}]}]}""", "permission[0].constraint[0].rightOperand", "without control characters")]
    [InlineData("""{"permission":[{"action":"use","constraint":[{"leftOperand":"odrl:language","operator":"eq","rightOperand":"x\u009b2J"}]}]}""", "permission[0].constraint[0].rightOperand", "without control characters")]
    [InlineData("""{"permission":[{"action":"use","constraint":[{"leftOperand":"odrl:language","operator":"eq","rightOperand":{"@value":"x","@language":"en"}}]}]}""", "permission[0].constraint[0].rightOperand.@language", "")]
    [InlineData("""{"target":"urn:one","permission":[{"action":"use","target":"urn:other"}]}""", "permission[0].target", "")]
    [InlineData("""{"permission":[{"action":"\udc00"}]}""", "permission[0].action", "give one action")]
    public void What_would_be_lost_is_refused_with_its_place(string json, string path, string mend)
    {
        using var document = JsonDocument.Parse(json);

        Assert.False(OdrlJson.TryRead(document.RootElement, out _, out var faults));
        Assert.Contains(faults, f => f.Path == path && f.Mend.Contains(mend, StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_fault_repeats_steers_no_terminal()
    {
        using var document = JsonDocument.Parse("""{"\u001b[2J":1,"permission":[{"action":"use\u0007"},{"action":"use","constraint":[{"leftOperand":"\u001bc","operator":"\u009b1m","rightOperand":"x"}]}]}""");

        Assert.False(OdrlJson.TryRead(document.RootElement, out _, out var faults));
        Assert.DoesNotContain(faults, f => f.ToString().Any(char.IsControl));
    }

    [Fact]
    public void Ids_types_and_what_other_vocabularies_tell_of_a_policy_are_no_rules()
    {
        using var document = JsonDocument.Parse("""{"@id":"urn:x","@type":"Offer","dct:title":"x","assigner":"did:web:a.example","target":"urn:d","permission":[{"@id":"urn:p","@type":"Permission","target":{"@id":"urn:d"},"assigner":"did:web:a.example","action":"use","duty":null}]}""");

        Assert.True(OdrlJson.TryRead(document.RootElement, out var policy, out var faults), string.Join('\n', faults));
        Assert.Equal(Policies.Policy.Free, policy);
    }

    [Theory]
    [InlineData("""{"@id":"odrl:print","refinement":[{"leftOperand":"odrl:count","operator":"lteq","rightOperand":"5"}]}""")]
    [InlineData("""{"rdf:value":{"@id":"odrl:print"},"refinement":{"leftOperand":"odrl:count","operator":"lteq","rightOperand":"5"}}""")]
    [InlineData("""[{"http://www.w3.org/1999/02/22-rdf-syntax-ns#value":"print","refinement":[{"leftOperand":"odrl:count","operator":"lteq","rightOperand":"5"}]}]""")]
    public void What_narrows_an_action_is_read_however_the_action_is_named(string action)
    {
        using var document = JsonDocument.Parse($$"""{"permission":[{"action":{{action}}}]}""");

        Assert.True(OdrlJson.TryRead(document.RootElement, out var policy, out var faults), string.Join('\n', faults));
        Assert.Equal(new Policies.Policy { Permissions = [new Permission("print", [], []) { Refinements = [new AtomicConstraint(Operands.ByWord("count")!.Iri, ConstraintOperator.Lteq, ["5"])] }] }, policy);
    }

    [Fact]
    public void A_policy_document_goes_through_ODRL_and_back_with_its_name_and_titles() => PolicyGen.Policy.Sample(policy =>
    {
        var document = new PolicyDocument("p-1.a", ImmutableSortedDictionary<string, string>.Empty.Add("en", "A \"title\"").Add("ja", "方針"), policy);
        var read = PolicyJson.Read(PolicyJson.Write(document), "other", Vocabulary.BuiltIn, out var faults);
        Assert.Empty(faults);
        return PolicyYaml.Write(read) == PolicyYaml.Write(document);
    });

    [Fact]
    public void Every_comparison_of_the_vocabulary_goes_through_policy_files_and_ODRL_and_back()
    {
        foreach (var policy in EveryComparison.Policies)
        {
            var document = new PolicyDocument("p", ImmutableSortedDictionary<string, string>.Empty, policy);
            var faults = new List<Fault>();

            Assert.Equal(policy, PolicyText.Read(PolicyYaml.Write(document), faults)?.Policy);
            Assert.Equal(policy, PolicyJson.Read(PolicyJson.Write(document), "p", Vocabulary.BuiltIn, out var wrong).Policy);
            Assert.Empty(faults.Concat(wrong));
        }
    }

    [Fact]
    public void Both_forms_have_the_same_bounds()
    {
        Assert.True(Refused(Nested(17)));
        Assert.False(Refused(Nested(16)));
        Assert.True(Refused(With(Enumerable.Range(0, 1025).Select(i => $"v{i}"))));
        Assert.False(Refused(With(Enumerable.Range(0, 1024).Select(i => $"v{i}"))));

        static bool Refused(Constraint constraint)
        {
            var policy = new Policies.Policy { Permissions = [new Permission("use", [constraint], [])] };
            using var json = JsonDocument.Parse(OdrlJson.ToJson(policy), new JsonDocumentOptions { MaxDepth = 128 });
            var faults = new List<Fault>();
            var read = PolicyText.Read(PolicyYaml.Write(new PolicyDocument("p", ImmutableSortedDictionary<string, string>.Empty, policy)), faults);
            var odrl = OdrlJson.TryRead(json.RootElement, out var other, out _);
            Assert.Equal(odrl, faults.Count == 0);
            Assert.True(!odrl || (policy.Equals(read!.Policy) && policy.Equals(other)));
            return !odrl;
        }

        static Constraint With(IEnumerable<string> values) => new AtomicConstraint(Operands.ByWord("lei")!.Iri, ConstraintOperator.IsAnyOf, [.. values]);

        static Constraint Nested(int levels) => levels == 0 ? With(["a"]) : new LogicalConstraint(LogicalOperator.Or, [Nested(levels - 1)]);
    }
}
