using System.Text.Json.Nodes;
using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Explanations;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Policies;
using Connector.Testing.Desks;
using Connector.Testing.Stores;
using Microsoft.Extensions.Time.Testing;

namespace Connector.ControlPlane.Tests.Exchanges;

/// <summary>Data that may not flow any more by the time that its turn comes.</summary>
public sealed class ClosedExchangeTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Desk _desk;

    public ClosedExchangeTests() => _desk = new Desk(_time);

    [Theory]
    [InlineData(false, "policy-denied")]
    [InlineData(true, "agreement-revoked")]
    public async Task A_push_that_is_not_begun_is_explained_by_what_was_decided_then(bool ended, string code)
    {
        var agreement = await _desk.SignAsync("a", Role.Provider, p => p.When("membership", ConstraintOperator.Eq, "active"));
        var transfer = await _desk.RunAsync(agreement);
        if (ended)
        {
            var now = await _desk.FindAsync(agreement);
            await _desk.Store.CommitAsync(new Change { Agreements = [now with { End = new(_time.GetUtcNow(), Role.Provider, "revoked", "no more"), Version = now.Version + 1 }] }, default);
        }
        else
        {
            _desk.Knows(Records.Peer, ("membership", "suspended"));
        }

        Assert.Null(await Performer().PushAsync(Effect(transfer), transfer.Id, default));

        var stopped = (await ((ITransferStore)_desk.Store).FindAsync(transfer.Id, default))!;
        Assert.Equal((TransferState.Terminated, code), (stopped.State, stopped.Termination!.Code));
        var explained = (await Explanations().OfAsync(transfer.Id, null, default)).Value;
        Assert.True(explained.Stored);
        var verdict = JsonNode.Parse(explained.Verdict)!;
        Assert.Equal((code, "membership"), ((string?)verdict["code"], (string?)verdict["trace"]![0]!["condition"]));
    }

    private ExchangePerformer Performer() => new(
        _desk.Store, _desk.Transfers, new CommitService(_desk.Store, _desk, _desk.Happenings, _time), _desk.Gate, _desk.Library, Unasked.Of<IDataSources>(), Unasked.Of<IDataSinks>(),
        new SweepService(_desk.Store, []), _desk.Flows, _desk.Happenings, new PeerDirectory(_desk.Library), [Unasked.Of<IPeerClient>()], _time);

    private ExplanationService Explanations() => new(_desk.Store, _desk.Store, _desk.Store, _desk.Store, _desk.Gate, _desk.Library, _desk.Policies, new PeerDirectory(_desk.Library), _time);

    private Effect Effect(Transfer transfer) => new("e", transfer.Id, transfer.Peer, new Push(transfer.Id), _time.GetUtcNow());
}
