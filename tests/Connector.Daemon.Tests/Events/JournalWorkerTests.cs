using Connector.ControlPlane.Events;
using Connector.ControlPlane.Negotiations;
using Connector.Daemon.Events;
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
}
