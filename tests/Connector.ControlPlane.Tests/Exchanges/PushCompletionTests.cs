using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Testing;
using Connector.Testing.Desks;
using Connector.Testing.Stores;
using Microsoft.Extensions.Time.Testing;

namespace Connector.ControlPlane.Tests.Exchanges;

/// <summary>A push ends with its data in place and signed for, or without either, whenever its sender says that it is complete.</summary>
public sealed class PushCompletionTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Desk _desk;

    public PushCompletionTests() => _desk = new Desk(_time);

    [Fact]
    public async Task A_sender_that_completes_before_the_receipt_is_to_come_again_and_nothing_is_lost()
    {
        await PushedAsync();
        Refusal? early = null;
        var inbox = new Inbox(async () => early = (await CompleteAsync("m-1")).Refusal);

        var receipt = (await Exchanges(inbox).AcceptPushAsync(_desk.Caller(), "c", "token", Unasked.Of<IDataStream>(), default)).Value;

        Assert.Equal(("push-under-way", RefusalKind.Unavailable), (early!.Code, early.Kind));
        Assert.Empty(inbox.Discarded);
        var completed = (await CompleteAsync("m-1")).Value;
        Assert.Equal((TransferState.Completed, receipt), (completed.State, completed.Receipt));
        await Sweep(inbox).OneAsync("c", default);
        Assert.Empty(inbox.Discarded);
        Assert.Equal(["c"], inbox.Kept);
    }

    [Fact]
    public async Task A_sender_that_completes_while_nothing_arrives_is_believed()
    {
        await PushedAsync();

        Assert.Equal(TransferState.Completed, (await CompleteAsync("m-1")).Value.State);
    }

    [Fact]
    public async Task A_sender_that_ends_it_before_the_receipt_ends_it_without_its_data()
    {
        await PushedAsync();
        var inbox = new Inbox(async () => Assert.False((await _desk.Transfers.ReceiveAsync(_desk.Caller(), Binding.Grpc, new TransferTerminationMessage("m-1", "p", "c", null, ["no"]), default)).Refused));

        Assert.Equal("transfer-terminated", (await Exchanges(inbox).AcceptPushAsync(_desk.Caller(), "c", "token", Unasked.Of<IDataStream>(), default)).Refusal!.Code);
        Assert.Contains("c", inbox.Discarded);
    }

    private async Task PushedAsync()
    {
        await _desk.SignAsync("a", Role.Consumer, static p => p);
        var transfer = Records.Transfer("c", "a", "p") with { State = TransferState.Started, Format = "Grpc-PUSH", Sink = "/in/place", TokenHash = TransferTokens.Hash("token") };
        await _desk.Store.CommitAsync(new Change { Transfers = [transfer] }, default);
    }

    private ValueTask<Result<Transfer>> CompleteAsync(string id) => _desk.Transfers.ReceiveAsync(_desk.Caller(), Binding.Grpc, new TransferCompletionMessage(id, "p", "c", null), default);

    private SweepService Sweep(Inbox inbox) => new(_desk.Store, [inbox]);

    private ExchangeService Exchanges(Inbox inbox) => new(
        _desk.Store, new CommitService(_desk.Store, _desk, _desk.Happenings, _time), _desk.Gate,
        new TransferSteps(_desk.Library, new NamedSignatures(Desk.Self), new Participant(Desk.Self, "own", null, null), _desk, _time),
        _desk.Library, Unasked.Of<IDataSources>(), inbox, Sweep(inbox), _desk.Flows, _desk.Happenings, _time);
}
