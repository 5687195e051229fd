using Connector.Testing;

namespace Connector.Cli.Tests.Local.Policies;

public sealed class LintTests
{
    private const string Questionable = """
        apiVersion: connector/v1
        kind: Policy
        name: never
        permit:
          - when:
              - now: { from: 2028-01-01T00:00:00Z, before: 2027-01-01T00:00:00Z }
        ---
        apiVersion: connector/v1
        kind: Policy
        name: shadowed
        permit:
          - when: [ { purpose: ai-training } ]
          - when: [ { membership: active } ]
          - when: [ { membership: active }, { country: JP } ]
        forbid:
          - when: [ { purpose: ai-training } ]
        ---
        apiVersion: connector/v1
        kind: Policy
        name: twice-said
        permit:
          - when:
              - country: JP
              - country: { in: [JP, KR] }
              - liability: cx.grossNegligence:1
              - now: { before: 2026-01-01T00:00:00+09:00 }
        ---
        apiVersion: connector/v1
        kind: Policy
        name: purpose-bound
        permit:
          - when: [ { country: JP }, { purpose: pcf-calculation } ]
        ---
        apiVersion: connector/v1
        kind: Policy
        name: any-purpose
        permit:
          - when: [ { country: JP } ]
        ---
        apiVersion: connector/v1
        kind: Policy
        name: misspelt
        permit:
          - when: [ { membreship: active } ]
        ---
        apiVersion: connector/v1
        kind: Offer
        name: narrow
        datasets: [ footprint ]
        visibleTo: purpose-bound
        terms: purpose-bound
        ---
        apiVersion: connector/v1
        kind: Offer
        name: wide
        datasets: [ footprint ]
        terms: any-purpose
        """;

    [Fact]
    public async Task What_a_policy_says_and_hardly_means_is_named_with_its_place_and_how_to_mend_it()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("questionable.yaml", Questionable);

        var run = await PolicyFolder.Run("lint", file, "--at", "2026-11-01T00:00:00Z");

        var text = run.Output.Replace(file, "questionable.yaml", StringComparison.Ordinal);
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Equal(Golden.Expect("lint-questionable.txt", text), text);
    }

    [Fact]
    public async Task The_policies_that_ship_have_no_fault()
    {
        var run = await PolicyFolder.Run("lint", "policies", "--at", "2026-11-01T00:00:00Z", "--strict");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(Golden.Expect("lint.txt", run.Output), run.Output);
    }
}
