using Connector.Testing;

namespace Connector.Cli.Tests.Local.Policies;

public sealed class PolicyTestTests
{
    [Fact]
    public async Task The_policies_that_ship_decide_as_their_cases_say_and_what_no_case_exercises_is_named()
    {
        var run = await PolicyFolder.Run("test", "policies", "--complete");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(Golden.Expect("test.txt", run.Output), run.Output);
    }

    [Fact]
    public async Task A_refusal_for_another_reason_than_the_case_says_fails()
    {
        using var folder = new TemporaryFolder();
        folder.Write("policy.yaml", "apiVersion: connector/v1\nkind: Policy\nname: p\npermit: [ { when: [ { membership: active } ] } ]\nforbid: [ { when: [ { country: JP } ] } ]\n");
        folder.Write("p.policytest.yaml", "policy: p\ncases:\n  - { name: unknown country, claims: { membership: active }, expect: refuse, reason: policy-prohibited }\n");

        var run = await PolicyFolder.Run("test", folder.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("policy-not-known", run.Output, StringComparison.Ordinal);
        Assert.Contains("p.permit[0] is never asked", run.Output, StringComparison.Ordinal);
    }
}
