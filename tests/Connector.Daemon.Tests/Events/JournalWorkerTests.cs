using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Events;
using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Stores;
using Connector.Daemon.Events;
using Connector.Testing.Stores;
using Microsoft.Extensions.Logging;

namespace Connector.Daemon.Tests.Events;

public sealed class JournalWorkerTests
{
    [Fact]
    public async Task The_log_says_with_whom_and_why_a_negotiation_came_to_nothing()
    {
        await using var house = new House(new ScriptedPeers((_, message, _) => ValueTask.FromResult(ScriptedPeers.Taken(message))));
        using var journal = new JournalWorker(house.Get<Happenings>(), house.Get<ILogger<JournalWorker>>());
        await journal.StartAsync(TestContext.Current.CancellationToken);

        var negotiation = await house.AskAsync("quick");
        await house.PassUntilAsync(async () => (await house.ReadAsync(negotiation.Id)).PeerPid is not null, TimeSpan.Zero);
        await house.Get<NegotiationService>().TerminateAsync(negotiation.Id, "too-late", ["the quarter\nhas ended"], TestContext.Current.CancellationToken);

        await house.PassUntilAsync(() => Task.FromResult(house.Logged.At(LogLevel.Information).Any()), TimeSpan.Zero);
        Assert.Equal(
            $"negotiation {negotiation.Id} is TERMINATED (with did:web:quick.example, we are the Consumer): too-late; the quarter has ended",
            Assert.Single(house.Logged.At(LogLevel.Information)));
        await journal.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_log_says_of_an_agreement_what_was_signed_and_fulfilled_and_nothing_of_its_uses()
    {
        await using var house = new House(new ScriptedPeers((_, message, _) => ValueTask.FromResult(ScriptedPeers.Taken(message))));
        using var journal = new JournalWorker(house.Get<Happenings>(), house.Get<ILogger<JournalWorker>>());
        await journal.StartAsync(TestContext.Current.CancellationToken);
        var commits = house.Get<CommitService>();
        var agreement = Records.Agreement("a") with { Policy = """{"permission":[{"action":"use","duty":[{"action":"http://www.w3.org/ns/odrl/2/obtainConsent"}]}]}""" };

        Assert.True(await commits.TryAsync(new Change { Agreements = [agreement], Evidence = [Records.Evidence("a") with { Kind = EvidenceKind.Agreement }] }, default));
        Assert.True(await commits.TryAsync(new Change { Agreements = [AgreementRules.Use(agreement, Records.Time)] }, default));
        Assert.False((await house.Get<DutyService>().FulfilAsync("a", "obtainConsent", null, null, default)).Refused);

        await house.PassUntilAsync(() => Task.FromResult(house.Logged.At(LogLevel.Information).Count() > 1), TimeSpan.Zero);
        Assert.Equal(
            [$"agreement a is IN_FORCE (with {Records.Peer}, we are the Provider)", $"agreement a is IN_FORCE (with {Records.Peer}, we are the Provider): obtainConsent is fulfilled"],
            house.Logged.At(LogLevel.Information));
        await journal.StopAsync(TestContext.Current.CancellationToken);
    }
}
