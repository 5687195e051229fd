using System.Collections.Immutable;
using Connector.ControlPlane;
using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Stores;
using Connector.Daemon.Effects;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connector.Daemon.Tests.Effects;

public sealed class EffectRunnerTests
{
    private static readonly Refusal s_busy = new(RefusalKind.Unavailable, "busy", "not now");

    [Fact]
    public async Task A_message_goes_out_as_soon_as_it_is_committed()
    {
        var peers = new ScriptedPeers((_, message, _) => ValueTask.FromResult(ScriptedPeers.Taken(message)));
        await using var house = new House(peers);

        var negotiation = await house.AskAsync("quick");

        // No time passes: nothing here waits for a tick.
        await house.PassUntilAsync(async () => (await house.ReadAsync(negotiation.Id)).PeerPid == "urn:uuid:theirs", TimeSpan.Zero);
        Assert.Empty(await PendingAsync(house));
    }

    [Fact]
    public async Task What_a_peer_cannot_take_now_is_sent_again_until_it_can()
    {
        var left = 3;
        var peers = new ScriptedPeers((_, message, _) => ValueTask.FromResult(Interlocked.Decrement(ref left) >= 0 ? s_busy : ScriptedPeers.Taken(message)));
        await using var house = new House(peers);

        var negotiation = await house.AskAsync("quick");

        await house.PassUntilAsync(async () => (await house.ReadAsync(negotiation.Id)).LastError == "busy: not now", TimeSpan.Zero);
        await house.PassUntilAsync(async () => (await house.ReadAsync(negotiation.Id)).PeerPid is not null, TimeSpan.FromSeconds(1));
        Assert.Equal(4, peers.Sent.Count);
        Assert.Single(peers.Sent.Select(s => s.Message.Id).Distinct());
    }

    [Fact]
    public async Task A_peer_that_never_answers_holds_up_nobody_else()
    {
        var never = new TaskCompletionSource<Result<Acknowledgement>>();
        var peers = new ScriptedPeers(async (peer, message, cancel) => peer == "slow" ? await never.Task.WaitAsync(cancel) : ScriptedPeers.Taken(message));
        await using var house = new House(peers);
        var limit = house.Get<EffectRunnerOptions>().MessagesPerPeer;
        for (var i = 0; i < limit + 20; i++)
        {
            await house.AskAsync("slow");
        }

        await house.PassUntilAsync(() => Task.FromResult(peers.Sent.Count == limit), TimeSpan.Zero);
        var negotiation = await house.AskAsync("quick");

        await house.PassUntilAsync(async () => (await house.ReadAsync(negotiation.Id)).PeerPid is not null, TimeSpan.Zero);
        Assert.Equal(limit, peers.Sent.Count(s => s.Peer == "slow"));
    }

    [Fact]
    public async Task A_message_that_fails_for_too_long_ends_its_negotiation_and_says_why()
    {
        var peers = new ScriptedPeers((_, _, _) => ValueTask.FromResult<Result<Acknowledgement>>(s_busy));
        await using var house = new House(peers, s => s.AddSingleton(new EffectRunnerOptions { GiveUpAfter = TimeSpan.FromMinutes(1) }));

        var negotiation = await house.AskAsync("quick");

        await house.PassUntilAsync(async () => (await house.ReadAsync(negotiation.Id)).State == NegotiationState.Terminated, TimeSpan.FromSeconds(5));
        Assert.Contains("busy: not now", (await house.ReadAsync(negotiation.Id)).LastError, StringComparison.Ordinal);
        Assert.Single(house.Logged.At(LogLevel.Warning), l => l.Contains("given up", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_fault_of_our_own_is_tried_again_and_at_last_given_up()
    {
        var peers = new ScriptedPeers((_, _, _) => throw new InvalidOperationException("a bug"));
        await using var house = new House(peers, s => s.AddSingleton(new EffectRunnerOptions { GiveUpAfter = TimeSpan.FromMinutes(1) }));

        var negotiation = await house.AskAsync("quick");

        // In small steps at first: on a busy machine the whole minute could pass before the first attempt has failed.
        await house.PassUntilAsync(() => Task.FromResult(peers.Sent.Count > 1), TimeSpan.FromMilliseconds(50));
        await house.PassUntilAsync(async () => (await house.ReadAsync(negotiation.Id)).State == NegotiationState.Terminated, TimeSpan.FromSeconds(5));
        Assert.DoesNotContain("a bug", (await house.ReadAsync(negotiation.Id)).LastError, StringComparison.Ordinal);
        Assert.Contains(house.Logged.At(LogLevel.Error), l => l.Contains("a bug", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_crash_left_behind_is_performed_after_the_next_start()
    {
        var peers = new ScriptedPeers((_, message, _) => ValueTask.FromResult(ScriptedPeers.Taken(message)));
        await using var house = new House(peers, s => s.AddSingleton<IEffectQueue>(new ForgetfulQueue()));
        var negotiation = await house.AskAsync("quick");
        Assert.Empty(peers.Sent);

        var effects = await PendingAsync(house);
        var recovery = new RecoveryWorker(house.Get<IEffectStore>(), house.Get<EffectRunner>(), house.Get<EffectRunnerOptions>(), house.Time, house.Get<ILogger<RecoveryWorker>>());
        await recovery.RecoverAsync(DateTimeOffset.MaxValue, TestContext.Current.CancellationToken);

        await house.PassUntilAsync(async () => (await house.ReadAsync(negotiation.Id)).PeerPid is not null, TimeSpan.Zero);
        Assert.Single(effects);
        Assert.Empty(await PendingAsync(house));
    }

    private static async Task<ImmutableArray<StoredEffect>> PendingAsync(House house) => await house.Get<IEffectStore>().PendingAsync(0, 1000, TestContext.Current.CancellationToken);

    /// <summary>As if the process died right after each commit.</summary>
    private sealed class ForgetfulQueue : IEffectQueue
    {
        public void Enqueue(Effect effect)
        {
        }
    }
}
