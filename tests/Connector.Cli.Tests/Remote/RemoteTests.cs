using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connector.Management.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace Connector.Cli.Tests.Remote;

public sealed class RemoteTests : OperatorsFolder
{
    private static readonly JsonSerializerOptions s_document = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task A_connector_that_shows_another_certificate_is_not_talked_to()
    {
        await ShellRun.Of("init", _folder.Sub("b"), "--id", "did:web:a.example");
        await using var other = await ScriptedConnector.StartAsync(_folder.Sub("b"), new Script());

        var run = await RunAsync(other.Port, "get", "peers");

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains("shows another certificate than this connector's [wrong-certificate]", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_token_is_refused_with_what_to_check()
    {
        await using var connector = await ScriptedConnector.StartAsync(_folder.Sub("a"), new Script());
        await File.WriteAllTextAsync(_folder.Sub("a/operator.token"), "another", TestContext.Current.CancellationToken);

        var run = await RunAsync(connector.Port, "get", "peers");

        Assert.Contains("does not take this operator token [unauthenticated]", run.Error, StringComparison.Ordinal);
        Assert.Contains("listen.management.tokenFile", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_shows_its_code_message_field_and_what_to_do()
    {
        var status = new Google.Rpc.Status { Code = (int)Code.InvalidArgument, Message = "limit: 0 is too small" };
        status.Details.Add(Any.Pack(new ErrorInfo { Reason = "malformed", Domain = "connector" }));
        status.Details.Add(Any.Pack(new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Field = "limit" } } }));
        status.Details.Add(Any.Pack(new Help { Links = { new Help.Types.Link { Description = "give 1 to 1000" } } }));
        await using var connector = await ScriptedConnector.StartAsync(_folder.Sub("a"), new Script { Documents = _ => throw status.ToRpcException() });

        var run = await RunAsync(connector.Port, "get", "peers");

        Assert.Equal((ExitCode.Refused, "", "error: limit: 0 is too small [malformed]\nfield: limit\nto do: give 1 to 1000\n"), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_a_connector_of_another_version()
    {
        await using var connector = await ScriptedConnector.StartAsync(_folder.Sub("a"), new Script());

        var run = await RunAsync(connector.Port, "catalog", "acme");

        Assert.Contains("[unimplemented]", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_sends_all_yaml_files_of_a_folder_but_policy_tests_and_shows_faults_with_their_place()
    {
        ApplyRequest? sent = null;
        var reply = new ApplyReply { Faults = { new Fault { File = "b.yaml", Line = 3, Column = 5, Path = "permit[0]", Message = "'uze' is not an action", Mend = "did you mean use?" } } };
        await using var connector = await ScriptedConnector.StartAsync(_folder.Sub("a"), new Script { Apply = request => { sent = request; return reply; } });
        Directory.CreateDirectory(_folder.Sub("docs/sub"));
        _folder.Write("docs/b.yaml", "b");
        _folder.Write("docs/sub/a.yml", "a");
        _folder.Write("docs/data.json", "{}");
        _folder.Write("docs/b.policytest.yaml", "t");

        var run = await RunAsync(connector.Port, "apply", "-f", _folder.Sub("docs"), "--dry-run");

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Equal("b.yaml:3:5: permit[0]: 'uze' is not an action; did you mean use?\n1 fault; nothing was applied\n", run.Output);
        Assert.True(sent!.DryRun);
        Assert.Equal([("b", _folder.Sub("docs")), ("a", _folder.Sub("docs/sub"))], sent.Files.Select(f => (f.Text, f.Folder)));
    }

    [Fact]
    public async Task A_dry_run_shows_the_diff()
    {
        var reply = new ApplyReply { Changes = { new DocumentChange { Kind = "Offer", Name = "o", Action = "changed", Diff = "-accept: auto\n+accept: manual\n" }, new DocumentChange { Kind = "Peer", Name = "p", Action = "unchanged" } } };
        await using var connector = await ScriptedConnector.StartAsync(_folder.Sub("a"), new Script { Apply = _ => reply });

        var run = await RunAsync(connector.Port, "apply", "-f", _folder.Write("o.yaml", "o"), "--dry-run");

        Assert.Equal("Offer o: would be changed\n  -accept: auto\n  +accept: manual\nPeer p: unchanged\n", run.Output);
    }

    [Fact]
    public async Task Get_lists_a_table_for_people_and_json_for_programs()
    {
        var reply = new ListDocumentsReply { Documents = { new Document { Kind = "Offer", Name = "first", Text = "kind: Offer" }, new Document { Kind = "Offer", Name = "second" } } };
        await using var connector = await ScriptedConnector.StartAsync(_folder.Sub("a"), new Script { Documents = _ => reply });

        var table = await RunAsync(connector.Port, "get", "offers");
        var json = await RunAsync(connector.Port, "get", "offers", "-o", "json");
        var one = await RunAsync(connector.Port, "get", "offers", "first");

        Assert.Equal(["KIND   NAME    APPLIED", "Offer  first", "Offer  second"], table.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd()));
        Assert.Equal(["first", "second"], JsonNode.Parse(json.Output)!.AsArray().Select(d => (string)d!["name"]!));
        Assert.Equal("kind: Offer\n", one.Output);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(200)]
    [InlineData(1001)]
    public async Task The_whole_log_is_shown_in_every_format(int count)
    {
        var entries = Enumerable.Range(1, count).Select(i => new EvidenceEntry { Sequence = i, Kind = i % 300 == 0 ? "Agreement" : "Start", Subject = $"urn:{i}", Payload = """{"a":[1,{"b":"c\nd"}]}""" });
        await using var connector = await ScriptedConnector.StartAsync(_folder.Sub("a"), new Script { Evidence = entries });

        var table = (await RunAsync(connector.Port, "get", "evidence")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var json = await RunAsync(connector.Port, "get", "evidence", "-o", "json");
        var yaml = await RunAsync(connector.Port, "get", "evidence", "-o", "yaml");

        var whole = new JsonArray([.. entries.Select(Cli.Remote.MessageJson.Of)]);
        Assert.Equal(whole.ToJsonString(s_document) + "\n", json.Output);
        Assert.Equal(Cli.Output.YamlText.Of(whole), yaml.Output);
        Assert.Equal(count == 0 ? ["the log is empty"] : entries.Select(e => $"{e.Sequence} {e.Kind} {e.Subject}").Prepend("SEQUENCE AT KIND SUBJECT PEER HASH"), table.Select(l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
    }

    [Theory]
    [InlineData("--limit=1", 1)]
    [InlineData("--limit=200", 200)]
    [InlineData("--limit=1500", 1500)]
    [InlineData("--limit=9999", 2100)]
    [InlineData("--peer=acme", 100)]
    public async Task A_list_has_as_many_as_were_asked_for_however_many_the_connector_gives_at_a_time(string option, int count)
    {
        var all = Enumerable.Range(1, 2100).Select(i => new Negotiation { Id = $"n{i}" }).ToList();
        await using var connector = await ScriptedConnector.StartAsync(_folder.Sub("a"), new Script { Negotiations = all });

        var shown = await RunAsync(connector.Port, "get", "negotiations", option, "-o", "json");

        Assert.Equal(all.Take(count).Select(n => n.Id), JsonNode.Parse(shown.Output)!.AsArray().Select(n => (string)n!["id"]!));
    }

    [Fact]
    public async Task Waiting_for_a_decision_that_is_not_told_any_more_is_no_success()
    {
        await using var connector = await ScriptedConnector.StartAsync(_folder.Sub("a"), new Script { Negotiations = [new Negotiation { Id = "n1", State = "REQUESTED", Role = "CONSUMER" }] });

        var run = await RunAsync(connector.Port, "negotiate", "acme", "o", "--wait");

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains("connector get negotiations n1", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FINALIZED", ExitCode.Done, "next: connector pull a1 --to PATH")]
    [InlineData("TERMINATED", ExitCode.Refused, "because:       policy-denied: purpose")]
    [InlineData("OFFERED", ExitCode.Done, "next: connector approve|counter|refuse n1")]
    public async Task Negotiate_waits_for_the_end_or_for_a_decision(string last, int exitCode, string says)
    {
        var requested = new Negotiation { Id = "n1", Role = "CONSUMER", State = "REQUESTED", Acceptance = "manual" };
        var end = requested.Clone();
        end.State = last;
        end.AgreementId = last == "FINALIZED" ? "a1" : "";
        end.Termination = last == "TERMINATED" ? new Termination { By = "PROVIDER", Code = "policy-denied", Reasons = { "purpose" } } : null;
        await using var connector = await ScriptedConnector.StartAsync(_folder.Sub("a"), new Script { Negotiations = [requested, end] });

        var run = await RunAsync(connector.Port, "negotiate", "acme", "o", "--wait");

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Error));
        Assert.Contains(says, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_follows_the_transfer_over_the_connectors_restart()
    {
        var running = new Transfer { Id = "t1", State = "STARTED", Bytes = 5, Total = 10 };
        var cut = new TaskCompletionSource();
        var first = await ScriptedConnector.StartAsync(_folder.Sub("a"), new Script { Transfers = [running], AfterTransfers = cancel => { cut.SetResult(); return Task.Delay(Timeout.Infinite, cancel); } });
        var port = first.Port;
        var pull = RunAsync(port, "pull", "a1", "--to", _folder.Sub("out"));
        await cut.Task.WaitAsync(TestContext.Current.CancellationToken);
        await first.DisposeAsync();
        var done = new Transfer { Id = "t1", State = "COMPLETED", Receipt = """{"files":[{"path":"a.json","size":"10","sha256":"ab"}]}""" };
        await using var second = await ScriptedConnector.StartAsync(_folder.Sub("a"), new Script { Transfers = [running, done] }, port);

        var run = await pull;

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Assert.Contains("the connector is away; waiting for it\nconnected again\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("a.json  10     ab", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pull_that_is_refused_says_why()
    {
        var ended = new Transfer { Id = "t1", AgreementId = "a1", State = "TERMINATED", Termination = new Termination { Code = "agreement-ended", Reasons = { "revoked by the provider" } } };
        await using var connector = await ScriptedConnector.StartAsync(_folder.Sub("a"), new Script { Transfers = [ended] });

        var run = await RunAsync(connector.Port, "pull", "a1", "--to", _folder.Sub("out"));

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.StartsWith("error: the transfer ended without the data: revoked by the provider [agreement-ended]\n", run.Error, StringComparison.Ordinal);
    }
}
