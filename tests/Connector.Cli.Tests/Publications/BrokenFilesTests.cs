using System.Text;
using System.Text.RegularExpressions;
using Connector.Management.V1;
using Grpc.Core;

namespace Connector.Cli.Tests.Publications;

/// <summary>Broken files through the real path, <c>connector apply</c> to a daemon that runs: each is told with its place and its mending, and nothing is applied by halves.</summary>
public sealed partial class BrokenFilesTests
{
    private const string Base = "apiVersion: connector/v1\nkind: Policy\nname: base\npermit: [ { when: [ { membership: active } ] } ]\n";
    private const string Fresh = "apiVersion: connector/v1\nkind: Policy\nname: fresh\npermit: [ { when: [ { membership: active } ] } ]\n";

    [Fact]
    public void There_are_at_least_three_hundred() => Assert.True(BrokenFiles.All.Count >= 500, $"{BrokenFiles.All.Count}");

    [Fact]
    public async Task A_broken_file_is_told_with_line_column_what_was_found_and_how_to_mend_it_and_keeps_the_others_from_being_applied()
    {
        await using var connector = await RunningConnector.StartAsync();
        Assert.Equal(0, (await connector.Run("apply", "-f", connector.Write("base.yaml", Base))).ExitCode);
        var before = (await connector.Run("get", "policies", "-o", "json")).Output;
        var wrong = new List<string>();
        for (var i = 0; i < BrokenFiles.All.Count; i++)
        {
            // Beside a whole file: before it and after it in turn.
            var (whole, broken) = i % 2 == 0 ? ("folder/a.yaml", "folder/b.yaml") : ("folder/b.yaml", "folder/a.yaml");
            connector.Write(whole, Fresh);
            File.WriteAllBytes(connector.Sub(broken), BrokenFiles.All[i]);

            string[] dry = i % 3 == 0 ? ["--dry-run"] : [];
            var run = await connector.Run(["apply", "-f", connector.Sub("folder"), .. dry]);

            var said = run.Output + run.Error;
            if (run.ExitCode != 1 || !said.Contains("nothing was applied", StringComparison.Ordinal) || !Told().IsMatch(said) || !said.Contains(broken, StringComparison.Ordinal) || said.Length > 400_000)
            {
                wrong.Add($"{Cut(Encoding.UTF8.GetString(BrokenFiles.All[i]))}\n  => {run.ExitCode} {Cut(said)}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count}:\n{string.Join('\n', wrong)}");
        Assert.Equal(before, (await connector.Run("get", "policies", "-o", "json")).Output);
        await connector.RestartAsync();
        Assert.Equal(before, (await connector.Run("get", "policies", "-o", "json")).Output);
    }

    [Fact]
    public async Task Of_many_files_the_last_one_broken_keeps_all_from_being_applied_and_a_dry_run_changes_nothing()
    {
        await using var connector = await RunningConnector.StartAsync();
        for (var i = 0; i < 60; i++)
        {
            connector.Write($"many/{i:00}.yaml", Fresh.Replace("fresh", $"fresh-{i:00}", StringComparison.Ordinal));
        }

        var last = connector.Write("many/99.yaml", "apiVersion: connector/v1\nkind: Offer\nname: o\ndatasets: [ nowhere ]\nterms: fresh-00\n");
        var broken = await connector.Run("apply", "-f", connector.Sub("many"));
        Assert.Equal((1, "many/99.yaml:4:13: datasets: there is no Dataset 'nowhere'; apply it in the same call\n1 fault; nothing was applied\n"), (broken.ExitCode, broken.Output));
        Assert.Equal("[]\n", (await connector.Run("get", "policies", "-o", "json")).Output);

        File.Delete(last);
        var dry = await connector.Run("apply", "-f", connector.Sub("many"), "--dry-run");
        Assert.Equal((0, 60), (dry.ExitCode, dry.Output.Split("would be created").Length - 1));
        Assert.Equal("[]\n", (await connector.Run("get", "policies", "-o", "json")).Output);

        var done = await connector.Run("apply", "-f", connector.Sub("many"));
        Assert.Equal((0, 60), (done.ExitCode, done.Output.Split(": created").Length - 1));
    }

    [Fact]
    public async Task A_byte_order_mark_and_lines_that_end_as_on_Windows_are_no_faults()
    {
        await using var connector = await RunningConnector.StartAsync();
        var path = connector.Write("whole.yaml", "");
        File.WriteAllBytes(path, [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Fresh.Replace("\n", "\r\n", StringComparison.Ordinal))]);

        Assert.Equal("Policy fresh: created\n", (await connector.Run("apply", "-f", path)).Output);
    }

    [Fact]
    public async Task Whatever_other_client_sends_more_than_may_be_is_told_so_too()
    {
        await using var connector = await RunningConnector.StartAsync();
        using var connection = connector.Connect();
        var documents = new DocumentService.DocumentServiceClient(connection.Calls);
        var request = new ApplyRequest { Files = { new DocumentFile { Path = "huge.yaml", Folder = "/", Text = new string('#', 20_000_000) } } };

        var reply = await documents.ApplyAsync(request);
        var fault = Assert.Single(reply.Faults);
        Assert.Equal(("huge.yaml", 1, 1_048_577), (fault.File, fault.Line, fault.Column));

        request.Files[0].Text = new string('#', 70_000_000);
        Assert.Equal(StatusCode.ResourceExhausted, (await Assert.ThrowsAsync<RpcException>(async () => await documents.ApplyAsync(request))).StatusCode);
    }

    private static string Cut(string text) => text.Length <= 300 ? text : text[..300] + "…";

    [GeneratedRegex(@"^(error: )?folder/[ab]\.yaml:[1-9]\d*:[1-9]\d*: .+; .+$", RegexOptions.Multiline)]
    private static partial Regex Told();
}
