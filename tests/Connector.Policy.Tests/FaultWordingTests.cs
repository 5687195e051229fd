using System.Text;
using System.Text.Json;
using Connector.Policies;
using Connector.Policies.Yaml;
using Connector.Testing;

namespace Connector.Policy.Tests;

/// <summary>What the writer of a broken file is told, to the letter: place, what was found, how to mend it.</summary>
public sealed class FaultWordingTests
{
    private static readonly string[] s_files =
    [
        "a: b", "apiVersion: connector/v1\nkind: Policy", "apiVersion: connector/v1\nkind: Policy\nname: A b\npermit: x", "apiVersion: connector/v1\nkind: Policy\nname: [x]\npermit: [ x ]",
        "apiVersion: connector/v1\nkind: Policy\nname: p\ntitle: x\npermit: [ { action: use } ]", "apiVersion: connector/v1\nkind: Policy\nname: p\ntitle: { en: [x] }\nprofile: { a: b }\npermit: [ { action: use } ]",
        "apiVersion: connector/v1\nkind: Policy\nname: p\noblige: [ { sue: } ]\nforbid: [ { remedy: [ { deleet: } ] } ]", "a: 1\na: 2", "a: *b", "a: !!str b", "? [a]\n: b", "a: |\n  x\n b: c", "a: \"\\x\"", "\t- a",
    ];

    private static readonly string[] s_operands =
    [
        "[]", "x", "[ x ]", "- { word: country, claim: c }", "- { word: any, claim: c }", "- { word: a, claim: c }\n  - { word: a, claim: d }", "- { word: a, claim: c, iri: urn:x }\n  - { word: b, claim: d, iri: urn:x }",
        "- { word: a, claim: c, iri: 'urn:connector:policy:lei' }", "- { word: a, claim: c, iri: 'no iri' }", "- { word: A b, claim: c }", "- { word: a, claim: 'c d' }", "- { word: a, claim: c, type: numbr }", "- { word: a, claim: c, operators: [ltq] }",
        "- { word: a, claim: c, type: instant, operators: [eq] }", "- { word: a, claim: c, enforced: [catalogue] }", "- { word: a }", "- { claim: a }", "- { word: a, claim: c, colour: red }",
    ];

    private static readonly string[] s_odrl =
    [
        "[]", "{}", """{"permission":"use"}""", """{"permission":[{"action":["use","print"]}]}""", """{"permission":[{"action":{"@id":"odrl:use","refinement":[{}]}}]}""", """{"permission":[{"action":"sue"}]}""",
        """{"permission":[{"action":"use","constraint":[{"leftOperand":"odrl:spatail","operator":"eq","rightOperand":"x"}]}]}""", """{"permission":[{"action":"use","constraint":[{"leftOperand":"odrl:spatial","operator":"equals","rightOperand":"x"}]}]}""",
        """{"permission":[{"action":"use","constraint":[{"leftOperand":"odrl:spatial","operator":"eq"}]}]}""", """{"permission":[{"action":"use","constraint":[{"leftOperand":"odrl:spatial","operator":"lt","rightOperand":"x"}]}]}""",
        """{"permission":[{"action":"use","constraint":[{"leftOperand":"odrl:dateTime","operator":"lt","rightOperand":"soon"}]}]}""", """{"permission":[{"action":"use","constraint":[{"and":[]}]}]}""", """{"permission":[{"action":"use","constraint":[{"and":{"or":"x"}}]}]}""",
        """{"permission":[{"action":"use","constraint":["x",5]}]}""", """{"permission":[{"action":"use","duty":[{"action":"delete","consequence":["x"]}]}]}""", """{"permission":[{}]}""", """{"permission":[5]}""", """{"prohibition":[{"action":"use","remedy":[{"action":"x"}]}]}""",
        """{"permission":[{"action":"use","constraint":[{"leftOperand":"odrl:spatial","operator":"eq","rightOperand":5}]}]}""", """{"permission":[{"action":"use","constraint":[{"leftOperand":"odrl:dateTime","operator":"lt","rightOperand":{"a":"b"}}]}]}""",
        """{"permission":[{"action":"use","constraint":[{"leftOperand":"odrl:spatial","operator":"isAnyOf","rightOperand":["JP",null]}]}]}""", """{"permission":[{"action":"use","constraint":[{"leftOperand":"odrl:count","operator":"eq","rightOperand":"1\u0007"}]}]}""",
        """{"permission":[{"action":"use"}],"profile":[5]}""", """{"permission":[{"action":"use"}],"obligation":[{"action":"delete","constraint":[{"leftOperand":"odrl:elapsedTime","operator":"lteq","rightOperand":"a month"}]}]}""",
    ];

    [Fact]
    public void Every_broken_rule_is_told_as_the_golden_file_says() => Same("faults.rules.txt", BrokenPolicies.All, rule => Read(BrokenPolicies.File(rule)));

    [Fact]
    public void Every_broken_file_is_told_as_the_golden_file_says() => Same("faults.files.txt", s_files, Read);

    [Fact]
    public void Every_broken_vocabulary_is_told_as_the_golden_file_says() => Same("faults.vocabularies.txt", s_operands, operands =>
    {
        var faults = new List<Fault>();
        if (PolicyText.Open($"apiVersion: connector/v1\nkind: Vocabulary\nname: mill\noperands:\n  {operands}\n", faults) is { } fields)
        {
            VocabularyYaml.Read(fields);
            fields.Close();
        }

        return faults;
    });

    [Fact]
    public void Every_broken_ODRL_policy_is_told_as_the_golden_file_says() => Same("faults.odrl.txt", s_odrl, text =>
    {
        using var json = JsonDocument.Parse(text);
        return OdrlJson.TryRead(json.RootElement, out _, out var faults) ? [] : faults;
    });

    private static List<Fault> Read(string text)
    {
        var faults = new List<Fault>();
        foreach (var document in YamlTree.Read(text, "policy.yaml", faults))
        {
            if (document.Root is YamlMapping mapping)
            {
                var fields = new Fields(mapping, "", "policy.yaml", faults);
                fields.Text("apiVersion");
                fields.Text("kind");
                PolicyYaml.Read(fields);
                fields.Close();
            }
        }

        return faults;
    }

    private static void Same(string golden, IEnumerable<string> broken, Func<string, IEnumerable<Fault>> read)
    {
        var text = new StringBuilder();
        foreach (var one in broken)
        {
            text.Append(one.Replace("\n", "\n  ", StringComparison.Ordinal)).Append('\n');
            foreach (var fault in read(one))
            {
                text.Append("  → ").Append(fault).Append('\n');
            }
        }

        Assert.Equal(Golden.Expect(golden, text.ToString()), text.ToString());
    }
}
