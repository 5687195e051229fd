using Connector.Testing;

namespace Connector.Cli.Tests.Local.Policies;

public sealed class DiffTests
{
    [Fact]
    public async Task Policies_that_did_not_change_permit_the_same()
    {
        var run = await PolicyFolder.Run("diff", "policies", "policies");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.All(run.Output.TrimEnd().Split('\n'), line => Assert.EndsWith(": permits the same", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_is_told_by_what_it_opens_and_closes_with_a_request_that_shows_it()
    {
        using var folder = new TemporaryFolder();
        var text = File.ReadAllText(Path.Combine(PolicyFolder.Root, "policies/examples/battery-cfp/policies.yaml"));
        var changed = folder.Write("policies.yaml", text
            .Replace("in: [\"7999999999902\"]", "in: [\"7999999999902\", \"6999999999903\"]", StringComparison.Ordinal)
            .Replace("before: 2029-04-01", "before: 2028-04-01", StringComparison.Ordinal)
            .Replace("within: P30D", "within: P90D", StringComparison.Ordinal));

        var run = await PolicyFolder.Run("diff", "policies/examples/battery-cfp/policies.yaml", changed);

        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Equal(Golden.Expect("diff.txt", run.Output), run.Output);
    }

    [Fact]
    public async Task A_policy_that_came_or_went_is_called_new_or_gone()
    {
        var run = await PolicyFolder.Run("diff", "policies/examples/battery-cfp", "policies/examples/steel-coil");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("steel-members-only (new): permits now, and did not:", run.Output, StringComparison.Ordinal);
        Assert.Contains("\nmembers-only (gone): permits no more, and did:", run.Output, StringComparison.Ordinal);
    }
}
