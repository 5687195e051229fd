namespace Connector.Cli.Tests.Publications;

/// <summary>An operator adds words of conditions by a file alone: on the daemon and before it is asked.</summary>
public sealed class VocabularyTests
{
    private const string Mill = """
        apiVersion: connector/v1
        kind: Vocabulary
        name: mill
        operands:
          - { word: supplierTier, claim: tier, type: number, title: { en: its tier in the supply chain, ja: サプライチェーンの階層 } }
          - { word: auditedAt, claim: audit, type: instant, operators: [gteq] }
        """;

    private const string Policy = """
        apiVersion: connector/v1
        kind: Policy
        name: first-tier
        permit:
          - when: [ { supplierTier: { max: 1 } }, { auditedAt: { from: 2026-01-01T00:00:00Z } } ]
        """;

    private const string Offer = """
        ---
        apiVersion: connector/v1
        kind: Dataset
        name: d
        source: { file: ./vocabulary.yaml }
        ---
        apiVersion: connector/v1
        kind: Offer
        name: o
        datasets: [ d ]
        terms: first-tier
        """;

    [Fact]
    public async Task Words_of_a_vocabulary_file_are_applied_stored_and_not_taken_away_while_policies_use_them()
    {
        await using var connector = await RunningConnector.StartAsync();
        var vocabulary = connector.Write("mill/vocabulary.yaml", Mill);
        var policy = connector.Write("mill/policy.yaml", $"{Policy}\n{Offer}\n");

        var alone = await connector.Run("apply", "-f", policy);
        Assert.Equal((1, true), (alone.ExitCode, alone.Output.Contains("mill/policy.yaml:5:15: permit[0].when[0].supplierTier: 'supplierTier' is not known", StringComparison.Ordinal)));

        var both = await connector.Run("apply", "-f", connector.Sub("mill"));
        Assert.Equal("Vocabulary mill: created\nPolicy first-tier: created\nDataset d: created\nOffer o: created\n", both.Output);

        await connector.RestartAsync();
        Assert.Contains("Vocabulary", (await connector.Run("get", "vocabularies")).Output, StringComparison.Ordinal);
        Assert.Contains("o", (await connector.Run("get", "offers", "o")).Output, StringComparison.Ordinal);

        var used = await connector.Run("delete", "vocabulary", "mill");
        Assert.Equal((1, true), (used.ExitCode, used.Error.Contains("Vocabulary 'mill' is still used by Policy 'first-tier'", StringComparison.Ordinal)));

        var changed = connector.Write("mill/vocabulary.yaml", Mill.Replace("supplierTier", "tierOfSupplier", StringComparison.Ordinal));
        var renamed = await connector.Run("apply", "-f", changed);
        Assert.Equal((1, true), (renamed.ExitCode, renamed.Output.Contains("Policy 'first-tier':", StringComparison.Ordinal) && renamed.Output.Contains("'supplierTier' is not known", StringComparison.Ordinal)));

        Assert.Equal(0, (await connector.Run("delete", "offer", "o")).ExitCode);
        Assert.Equal(0, (await connector.Run("delete", "policy", "first-tier")).ExitCode);
        Assert.Equal("Vocabulary mill: deleted\n", (await connector.Run("delete", "vocabulary", "mill")).Output);
    }

    [Fact]
    public async Task Two_vocabularies_cannot_give_one_word_two_meanings()
    {
        await using var connector = await RunningConnector.StartAsync();
        Assert.Equal(0, (await connector.Run("apply", "-f", connector.Write("a.yaml", Mill))).ExitCode);

        var run = await connector.Run("apply", "-f", connector.Write("b.yaml", Mill.Replace("name: mill", "name: other", StringComparison.Ordinal)));

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("b.yaml:5:13: operands[0].word: 'supplierTier' is taken already by another vocabulary; choose another word", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_verbs_read_policies_by_the_words_among_them_beside_them_or_named()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Sub("beside"));
        var words = folder.Write("words.yaml", Mill);
        folder.Write("beside/vocabulary.yaml", Mill);
        var policy = folder.Write("policy.yaml", Policy);
        var beside = folder.Write("beside/policy.yaml", Policy);
        folder.Write("beside/p.policytest.yaml", "policy: first-tier\ncases:\n  - { name: audited, claims: { tier: '1', audit: '2026-02-01T00:00:00Z' }, expect: permit }\n");
        string[] asked = ["--as", "did:web:a.example", "--claim", "tier=2", "--claim", "audit=2026-02-01T00:00:00Z"];

        Assert.Equal(1, (await ShellRun.Of("policy", "lint", policy)).ExitCode);
        Assert.Equal((0, ""), await Checked("lint", policy, "--vocabulary", words));
        Assert.Equal((0, ""), await Checked("lint", folder.Sub("beside")));
        Assert.Equal((0, ""), await Checked("test", folder.Sub("beside")));
        Assert.Equal((0, ""), await Checked("diff", policy, policy, "--vocabulary", words));
        Assert.Contains("(1) its tier in the supply chain is at most \"1\"", (await ShellRun.Of("policy", "render", beside)).Output, StringComparison.Ordinal);
        Assert.Contains("サプライチェーンの階層", (await ShellRun.Of("policy", "render", beside, "--lang", "ja")).Output, StringComparison.Ordinal);
        Assert.Contains("supplierTier", (await ShellRun.Of(["policy", "explain", beside, .. asked])).Output, StringComparison.Ordinal);

        static async Task<(int, string)> Checked(params string[] args)
        {
            var run = await ShellRun.Of(["policy", .. args]);
            return (run.ExitCode, run.Error);
        }
    }

    [Fact]
    public async Task Policies_whose_words_changed_their_meaning_are_not_compared()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Sub("old"));
        Directory.CreateDirectory(folder.Sub("new"));
        folder.Write("old/vocabulary.yaml", Mill);
        folder.Write("new/vocabulary.yaml", Mill.Replace("claim: tier", "claim: level", StringComparison.Ordinal));
        var (old, @new) = (folder.Write("old/policy.yaml", Policy), folder.Write("new/policy.yaml", Policy));

        var run = await ShellRun.Of("policy", "diff", old, @new);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("'supplierTier' (urn:connector:policy:operand:supplierTier) does not mean the same in both vocabularies", run.Error, StringComparison.Ordinal);
    }
}
