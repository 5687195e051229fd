using System.Text.Json.Nodes;

namespace Connector.Cli.Tests;

public sealed class ShellTests
{
    [Fact]
    public async Task No_words_at_all_show_the_help()
    {
        var run = await ShellRun.Of();

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("Commands:", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("confgi")]
    [InlineData("config")]
    [InlineData("config", "check", "--no-such-option")]
    [InlineData("config", "check", "-o", "xml")]
    [InlineData("config", "check", "-o", "1")]
    [InlineData("completion", "tcsh")]
    [InlineData("completion")]
    public async Task A_wrong_command_line_exits_with_2_and_says_where_the_help_is(params string[] args)
    {
        var run = await ShellRun.Of(args);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistyped_verb_brings_the_nearest_one() =>
        Assert.Contains("config", (await ShellRun.Of("confgi")).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("bash", "complete -o default -F _connector connector")]
    [InlineData("zsh", "#compdef connector")]
    [InlineData("fish", "complete -c connector")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task Each_shell_gets_its_completion_script(string shell, string holds) =>
        Assert.Contains(holds, (await ShellRun.Of("completion", shell)).Output, StringComparison.Ordinal);

    [Fact]
    public async Task The_completion_scripts_question_is_answered_with_verbs() =>
        Assert.Contains("config\n", (await ShellRun.Of("[suggest:13]", "connector con")).Output, StringComparison.Ordinal);

    [Fact]
    public async Task A_configuration_with_faults_exits_with_1_and_its_json_lists_them()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("connector.yaml", "participant:\n  id: x\nother: 1\n");

        var run = await ShellRun.Of("config", "check", "-c", path, "-o", "json");

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        var answer = JsonNode.Parse(run.Output)!;
        Assert.False((bool)answer["valid"]!);
        Assert.Equal([2, 3], answer["faults"]!.AsArray().Select(f => (int)f!["line"]!));
    }

    [Fact]
    public async Task A_good_configuration_exits_with_0()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("connector.yaml", "participant:\n  id: did:web:a.example\n");

        var run = await ShellRun.Of("config", "check", "-c", path);

        Assert.Equal((ExitCode.Done, $"{path}: no faults\n"), (run.ExitCode, run.Output));
    }
}
