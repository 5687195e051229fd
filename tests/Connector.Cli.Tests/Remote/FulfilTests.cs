using System.Text.Json.Nodes;
using Connector.Management.V1;
using Google.Protobuf.WellKnownTypes;

namespace Connector.Cli.Tests.Remote;

/// <summary>Duties as the operator sees and records them.</summary>
public sealed class FulfilTests : OperatorsFolder
{
    [Fact]
    public async Task Fulfil_sends_what_was_typed_and_shows_how_it_stands_now()
    {
        FulfilDutyRequest? sent = null;
        await using var connector = await ScriptedConnector.StartAsync(_folder.Sub("a"), new Script { Agreement = Agreement, Fulfil = request => sent = request });

        var run = await RunAsync(connector.Port, "fulfil", "a1", "obtainConsent", "--note", "form 114", "--at", "2027-03-01T09:00:00+09:00");

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("a1: recorded\n\nduties:\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(new FulfilDutyRequest { AgreementId = "a1", Duty = "obtainConsent", Note = "form 114", At = new DateTimeOffset(2027, 3, 1, 0, 0, 0, TimeSpan.Zero).ToTimestamp() }, sent);
        Assert.Equal(ExitCode.WrongUsage, (await RunAsync(connector.Port, "fulfil", "a1", "obtainConsent", "--at", "yesterday")).ExitCode);
    }

    [Fact]
    public async Task An_agreement_shows_each_duty_with_its_state_what_to_do_next_and_when_time_changes_something()
    {
        await using var connector = await ScriptedConnector.StartAsync(_folder.Sub("a"), new Script { Agreement = Agreement });

        var text = (await RunAsync(connector.Port, "get", "agreements", "a1")).Output;
        Assert.Matches(@"next change: +20\d\d-", text);
        Assert.Matches(@"obtainConsent +permit\[0\]\.then\[0\] +open, comes first +obtain consent", text);
        Assert.Matches(@"delete +permit\[0\]\.then\[1\] +overdue +20\S+ \S+ +delete the data", text);
        Assert.Matches(@"inform +oblige\[0\] +done late +20\S+ \S+ +20\S+ \S+ +inform the provider \(by letter\)", text);
        Assert.Matches(@"attribute +oblige\[1\] +owed all the while +name the source", text);
        Assert.Contains("once it is: connector fulfil a1 'permit[0].then[0]'\n", text, StringComparison.Ordinal);
        Assert.Contains("no data before obtainConsent", (await RunAsync(connector.Port, "get", "agreements")).Output, StringComparison.Ordinal);

        var told = JsonNode.Parse((await RunAsync(connector.Port, "get", "agreements", "a1", "-o", "json")).Output)!["duties"]!.AsArray();
        Assert.Equal(["OPEN", "OVERDUE", "FULFILLED_LATE", "ONGOING"], told.Select(d => (string?)d!["state"]));
        Assert.Equal((true, null), ((bool)told[0]!["withholds"]!, told[0]!["dueAt"]));
        Assert.Contains("    state: OVERDUE\n", (await RunAsync(connector.Port, "get", "agreements", "a1", "-o", "yaml")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_duty_that_was_done_too_late_the_list_does_not_say_that_it_is_waited_for()
    {
        var agreement = Agreement.Clone();
        agreement.Duties[0].State = "FULFILLED_LATE";
        await using var connector = await ScriptedConnector.StartAsync(_folder.Sub("a"), new Script { Agreement = agreement });

        var list = (await RunAsync(connector.Port, "get", "agreements")).Output;

        Assert.Contains("no data: obtainConsent was done too late", list, StringComparison.Ordinal);
        Assert.DoesNotContain("no data before", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_shell_completes_the_verb_and_the_duties_that_are_most_often_recorded()
    {
        Assert.Contains("fulfil\n", (await ShellRun.Of("[suggest:13]", "connector ful")).Output, StringComparison.Ordinal);
        Assert.Contains("obtainConsent\n", (await ShellRun.Of("[suggest:20]", "connector fulfil a1 ")).Output, StringComparison.Ordinal);
    }

    private static Agreement Agreement { get; } = new()
    {
        Id = "a1",
        Role = "PROVIDER",
        State = "IN_FORCE",
        Json = "{}",
        ChangesAt = At(9),
        Duties =
        {
            new Duty { Place = "permit[0].then[0]", Action = "obtainConsent", Text = "obtain consent", State = "OPEN", Withholds = true },
            new Duty { Place = "permit[0].then[1]", Action = "delete", Text = "delete the data", State = "OVERDUE", DueAt = At(2) },
            new Duty { Place = "oblige[0]", Action = "inform", Text = "inform the provider", State = "FULFILLED_LATE", DueAt = At(2), FulfilledAt = At(3), RecordedAt = At(4), Note = "by letter" },
            new Duty { Place = "oblige[1]", Action = "attribute", Text = "name the source of the data", State = "ONGOING" },
        },
    };

    private static Timestamp At(int day) => new DateTimeOffset(2027, 1, day, 0, 0, 0, TimeSpan.Zero).ToTimestamp();
}
