using Connector.Cli.Tests.Local.Policies;

namespace Connector.Cli.Tests.Publications;

/// <summary>All of policies/ on a daemon that runs.</summary>
public sealed class ShippedPoliciesTests
{
    [Fact]
    public async Task Everything_that_ships_is_applied_as_it_is()
    {
        await using var connector = await RunningConnector.StartAsync();
        var folder = Path.Combine(PolicyFolder.Root, "policies");
        var documents = Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).Where(f => !f.EndsWith(".policytest.yaml", StringComparison.Ordinal)).Sum(f => File.ReadAllText(f).Split("\nkind: ").Length - 1);

        var first = await connector.Run("apply", "-f", folder);
        var again = await connector.Run("apply", "-f", folder);

        Assert.Equal((0, "", documents), (first.ExitCode, first.Error, first.Output.Split(": created\n").Length - 1));
        Assert.Equal(documents, again.Output.Split(": unchanged\n").Length - 1);
    }

    [Theory]
    [InlineData("profiles/battery")]
    [InlineData("profiles/steel")]
    public async Task A_profile_can_be_applied_with_the_examples_whose_data_it_shows(string profile)
    {
        await using var connector = await RunningConnector.StartAsync();

        Assert.Equal((0, ""), ((await connector.Run("apply", "-f", Path.Combine(PolicyFolder.Root, "policies", profile))) is var run ? (run.ExitCode, run.Error) : default));
    }
}
