using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Connector.ControlPlane.Publications;
using Connector.Policies;
using Connector.Policy.Tests;
using Connector.Testing;
using CsCheck;
using NJsonSchema;

namespace Connector.Cli.Tests.Local.Policies;

/// <summary>The schemas by which editors complete and explain are made from the vocabulary that reads, and say what the reader says.</summary>
public sealed class SchemaTests
{
    private const string Documents = "policies/schema/connector.schema.json";
    private const string Tests = "policies/schema/policytest.schema.json";
    private const string Head = "apiVersion: connector/v1\nkind: Policy\nname: p\n";

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Path.Combine(PolicyFolder.Root, "policies"), "*.yaml", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(PolicyFolder.Root, f)).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task The_schemas_that_ship_are_those_that_the_code_makes()
    {
        var (documents, tests) = (await PolicyFolder.Run("schema"), await PolicyFolder.Run("schema", "--tests"));

        Assert.Equal(("", ""), (documents.Error, tests.Error));
        Assert.Equal(Golden.ExpectFile(Path.Combine(PolicyFolder.Root, Documents), documents.Output), documents.Output);
        Assert.Equal(Golden.ExpectFile(Path.Combine(PolicyFolder.Root, Tests), tests.Output), tests.Output);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_file_that_ships_is_right_by_its_schema_and_names_it(string file)
    {
        var text = File.ReadAllText(Path.Combine(PolicyFolder.Root, file));
        var path = file.EndsWith(".policytest.yaml", StringComparison.Ordinal) ? Tests : Documents;
        var schema = await Schema(path);

        Assert.StartsWith($"# yaml-language-server: $schema={Path.GetRelativePath(Path.GetDirectoryName(file)!, path)}\n", text, StringComparison.Ordinal);
        Assert.All(YamlJson.Documents(text), json => Assert.Empty(schema.Validate(json)));
    }

    [Theory]
    [InlineData("permit: [ { when: [ { membreship: active } ] } ]")]
    [InlineData("permit: [ { when: [ { now: { before: tomorrow } } ] } ]")]
    [InlineData("permit: [ { when: [ { now: { before: 2029-13-01T00:00:00Z } } ] } ]")]
    [InlineData("permit: [ { when: [ { now: { beforre: 2029-01-01T00:00:00Z } } ] } ]")]
    [InlineData("permit: [ { when: [ { elapsed: { max: 30 days } } ] } ]")]
    [InlineData("permit: [ { when: [ { elapsed: { max: P } } ] } ]")]
    [InlineData("permit: [ { when: [ { elapsed: { min: P1D } } ] } ]")]
    [InlineData("permit: [ { when: [ { count: many } ] } ]")]
    [InlineData("permit: [ { when: [ { count: { within: 3 } } ] } ]")]
    [InlineData("permit: [ { when: [ { any: [] } ] } ]")]
    [InlineData("permit: [ { when: [ { corporateNumber: { in: [] } } ] } ]")]
    [InlineData("permit: [ { when: [ { liability: { before: x } } ] } ]")]
    [InlineData("permit: [ { when: [ { claim: { is: x } } ] } ]")]
    [InlineData("permit: [ { action: sue } ]")]
    [InlineData("permit: [ { then: [ { deleet: } ] } ]")]
    [InlineData("permit: [ { then: [ { delete: { whithin: P1D } } ] } ]")]
    [InlineData("permit: [ { then: [ { delete: { within: 1 day } } ] } ]")]
    [InlineData("permit: x")]
    [InlineData("permitt: []")]
    [InlineData("title: { en: x }")]
    public async Task What_is_broken_is_refused_by_the_schema_as_by_the_reader(string body)
    {
        Assert.NotEmpty((await Schema(Documents)).Validate(Assert.Single(YamlJson.Documents(Head + body))));
        using var folder = new TemporaryFolder();
        Assert.Equal(1, (await ShellRun.Of("policy", "lint", folder.Write("p.yaml", Head + body))).ExitCode);
    }

    [Theory]
    [InlineData("kind: Dataset\nname: d")]
    [InlineData("kind: Dataset\nname: d\nsource: { fiel: ./x }")]
    [InlineData("kind: Dataset\nname: d\nsource: { http: { url: 'ftp://a.example/x' } }")]
    [InlineData("kind: Dataset\nname: d\nsource: { http: { url: 'https://a.example/x', credentials: { bearer: secret } } }")]
    [InlineData("kind: Dataset\nname: d\nsource: { http: { url: 'https://a.example/x', maxBytes: 0 } }")]
    [InlineData("kind: Offer\nname: o\ndatasets: []\nterms: t")]
    [InlineData("kind: Offer\nname: o\ndatasets: [ d ]")]
    [InlineData("kind: Offer\nname: o\ndatasets: [ d ]\nterms: t\naccept: maybe")]
    [InlineData("kind: Peer\nname: p")]
    [InlineData("kind: Peer\nname: p\nparticipantId: did:web:a.example\nkeys: [ { kty: EC } ]")]
    [InlineData("kind: Vocabulary\nname: v\noperands: []")]
    [InlineData("kind: Vocabulary\nname: v\noperands: [ { word: Tier, claim: c } ]")]
    [InlineData("kind: Vocabulary\nname: v\noperands: [ { word: tier, claim: c, type: numbr } ]")]
    [InlineData("kind: Policies\nname: p\npermit: [ { action: use } ]")]
    [InlineData("kind: Policy\nname: 'a b'\npermit: [ { action: use } ]")]
    public async Task Other_documents_that_are_broken_are_refused_by_the_schema_as_by_the_reader(string body)
    {
        var text = $"apiVersion: connector/v1\n{body}\n";
        Assert.NotEmpty((await Schema(Documents)).Validate(Assert.Single(YamlJson.Documents(text))));
        using var folder = new TemporaryFolder();
        Assert.Equal(1, (await ShellRun.Of("policy", "lint", folder.Write("p.yaml", text))).ExitCode);
    }

    [Fact]
    public async Task The_schema_takes_every_policy_that_can_be_written()
    {
        var schema = await Schema(Documents);
        PolicyGen.Policy.Sample(Taken, iter: 300, threads: 1);
        Assert.All(EveryComparison.Policies, Taken);

        void Taken(Connector.Policies.Policy policy)
        {
            var text = PolicyYaml.Write(new PolicyDocument("p", ImmutableSortedDictionary<string, string>.Empty.Add("en", "t"), policy));
            var wrong = schema.Validate(Assert.Single(YamlJson.Documents(text)));
            Assert.True(wrong.Count == 0, $"{text}\n{string.Join('\n', wrong)}");
        }
    }

    [Theory]
    [InlineData("Policy", "", "")]
    [InlineData("Dataset", "", "")]
    [InlineData("Dataset", "source: {{ {0}: x }}", "source")]
    [InlineData("Dataset", "source: {{ http: {{ {0}: x }} }}", "source.http")]
    [InlineData("Dataset", "source: {{ http: {{ credentials: {{ {0}: x }} }} }}", "source.http.credentials")]
    [InlineData("Dataset", "source: {{ http: {{ credentials: {{ basic: {{ {0}: x }} }} }} }}", "source.http.credentials.basic")]
    [InlineData("Offer", "", "")]
    [InlineData("Peer", "", "")]
    [InlineData("Peer", "identifiers: {{ {0}: x }}", "identifiers")]
    [InlineData("Vocabulary", "", "")]
    [InlineData("Vocabulary", "operands: [ {{ {0}: x }} ]", "operands[0]")]
    public void The_schema_knows_the_keys_that_the_reader_knows(string kind, string body, string path)
    {
        const string Stray = "qqqqqqqqqqqqqqqqqqqqqqqq";
        var faults = new List<Fault>();
        var text = $"apiVersion: connector/v1\nkind: {kind}\n{(body.Length == 0 ? $"{Stray}: x" : string.Format(CultureInfo.InvariantCulture, body, Stray))}\n";
        DocumentReader.Read(DocumentReader.Open(new DocumentFile("f", "/", text), default, faults), Vocabulary.BuiltIn, faults);
        var known = faults.Single(f => f.Path == (path.Length == 0 ? Stray : $"{path}.{Stray}")).Mend["known here are ".Length..].Split(", ").ToHashSet();
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(PolicyFolder.Root, Documents)))!["definitions"]![kind]!;
        var there = path.Split('.', StringSplitOptions.RemoveEmptyEntries).Aggregate(schema, (at, key) => Mappings(at).Select(m => m[key.Split('[')[0]]).First(m => m is not null)!);

        Assert.Equal(known.Order(StringComparer.Ordinal), Mappings(there).SelectMany(m => m).Select(p => p.Key).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_words_of_an_operators_vocabulary_are_in_the_schema()
    {
        using var folder = new TemporaryFolder();
        var words = folder.Write("words.yaml", "apiVersion: connector/v1\nkind: Vocabulary\nname: v\noperands: [ { word: supplierTier, claim: tier, type: number } ]\n");

        var run = await ShellRun.Of("policy", "schema", "--vocabulary", words);
        var schema = await JsonSchema.FromJsonAsync(run.Output, TestContext.Current.CancellationToken);

        Assert.Empty(schema.Validate(Assert.Single(YamlJson.Documents(Head + "permit: [ { when: [ { supplierTier: { max: 2 } } ] } ]"))));
        Assert.NotEmpty(schema.Validate(Assert.Single(YamlJson.Documents(Head + "permit: [ { when: [ { supplierTier: { max: two } } ] } ]"))));
    }

    // The properties of a mapping, wherever among alternatives it is said.
    private static IEnumerable<JsonObject> Mappings(JsonNode schema) => schema switch
    {
        JsonObject mapping when mapping["properties"] is JsonObject properties => [properties],
        JsonObject other => other.SelectMany(m => m.Key == "title" || m.Value is null ? [] : Mappings(m.Value)),
        JsonArray items => items.SelectMany(i => i is null ? [] : Mappings(i)),
        _ => [],
    };

    private static Task<JsonSchema> Schema(string path) => JsonSchema.FromFileAsync(Path.Combine(PolicyFolder.Root, path), TestContext.Current.CancellationToken);
}
