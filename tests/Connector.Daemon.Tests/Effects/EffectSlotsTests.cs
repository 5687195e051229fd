using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Negotiations;
using Connector.Daemon.Effects;

namespace Connector.Daemon.Tests.Effects;

public sealed class EffectSlotsTests
{
    private static readonly EffectRunnerOptions s_options = new() { MessagesPerPeer = 2, ExchangesPerPeer = 1 };

    [Fact]
    public async Task Long_exchanges_leave_the_messages_of_their_peer_their_own_slots()
    {
        await using var slots = new EffectSlots(s_options);
        using var pull = await slots.EnterAsync(Pull("a"), default);
        var second = slots.EnterAsync(Pull("a"), default);

        using var message = await slots.EnterAsync(Message("a"), default);

        Assert.False(second.IsCompleted);
        pull.Dispose();
        (await second).Dispose();
    }

    [Fact]
    public async Task Slots_are_each_peers_own_and_given_in_order()
    {
        await using var slots = new EffectSlots(s_options);
        using var first = await slots.EnterAsync(Message("a"), default);
        using var second = await slots.EnterAsync(Message("a"), default);
        var third = slots.EnterAsync(Message("a"), default);
        var fourth = slots.EnterAsync(Message("a"), default);
        using var other = await slots.EnterAsync(Message("b"), default);

        second.Dispose();

        using var entered = await third;
        Assert.False(fourth.IsCompleted);
        first.Dispose();
        (await fourth).Dispose();
    }

    [Fact]
    public async Task Who_stops_waiting_takes_no_slot()
    {
        await using var slots = new EffectSlots(s_options);
        using var pull = await slots.EnterAsync(Pull("a"), default);
        using var stop = new CancellationTokenSource();
        var waiting = slots.EnterAsync(Pull("a"), stop.Token).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        pull.Dispose();
        using var next = await slots.EnterAsync(Pull("a"), default);
    }

    private static Effect Pull(string peer) => new("e", "t", peer, new Fetch("t"), default);

    private static Effect Message(string peer) => new("e", "n", peer, new SendNegotiation(new ContractNegotiationEventMessage("m", "p", "c", Finalized: true)), default);
}
