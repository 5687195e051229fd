using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Stores;
using Connector.Testing;
using CsCheck;

namespace Connector.Storage.Tests;

public sealed class RoundTripTests : IAsyncLifetime
{
    private const int Iterations = 500;

    private readonly TemporaryFolder _folder = new();
    private SqliteStore? _store;
    private SqliteReads? _reads;
    private int _next;

    public ValueTask InitializeAsync()
    {
        _store = SqliteStore.Open(_folder["connector.db"], new NamedSignatures("did:web:cells.example"));

        // Of their own: the writer's would give back the very records that were handed in.
        _reads = SqliteReads.OpenExisting(_folder["connector.db"]);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _reads!.Dispose();
        await _store!.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public Task A_negotiation_comes_back_as_it_was() => RecordGens.Negotiation.SampleAsync(async generated =>
    {
        var negotiation = generated with { Id = Id(), PeerPid = _next % 2 == 0 ? null : $"電{_next}" };
        await CommitAsync(new Change { Negotiations = [negotiation] });
        Same(negotiation, await ((INegotiationStore)_reads!).FindAsync(negotiation.Id, default));
    }, iter: Iterations, threads: 1);

    [Fact]
    public Task An_agreement_comes_back_as_it_was() => RecordGens.Agreement.SampleAsync(async generated =>
    {
        var agreement = generated with { Id = Id() };
        await CommitAsync(new Change { Agreements = [agreement] });
        Same(agreement, await ((IAgreementStore)_reads!).FindAsync(agreement.Id, default));
    }, iter: Iterations, threads: 1);

    [Fact]
    public Task A_transfer_comes_back_as_it_was() => RecordGens.Transfer.SampleAsync(async generated =>
    {
        var transfer = generated with { Id = Id(), PeerPid = _next % 2 == 0 ? null : $"電{_next}" };
        await CommitAsync(new Change { Transfers = [transfer] });
        Same(transfer, await ((ITransferStore)_reads!).FindAsync(transfer.Id, default));
    }, iter: Iterations, threads: 1);

    [Fact]
    public Task An_effect_comes_back_as_it_was() => EffectGens.Effect.SampleAsync(async generated =>
    {
        var effect = generated with { Id = Id() };
        await CommitAsync(new Change { Effects = [effect] });
        Same(effect, Assert.Single(await _reads!.PendingAsync(0, 2, default)).Effect);
        await CommitAsync(new Change { Done = [effect.Id] });
    }, iter: Iterations, threads: 1);

    [Fact]
    public void The_generators_make_every_kind_of_effect_and_message()
    {
        var kinds = new HashSet<Type>();
        EffectGens.Effect.Sample(
            effect =>
            {
                kinds.Add(effect.Body switch
                {
                    SendNegotiation send => send.Message.GetType(),
                    SendTransfer send => send.Message.GetType(),
                    var other => other.GetType(),
                });
            },
            iter: 2000,
            threads: 1);

        var all = typeof(Effect).Assembly.GetTypes().Where(type => !type.IsAbstract
            && (type.IsAssignableTo(typeof(EffectBody)) || type.BaseType?.Name is "NegotiationMessage" or "TransferMessage"));
        Assert.Equal(
            all.Except([typeof(SendNegotiation), typeof(SendTransfer)]).Select(t => t.Name).Order(StringComparer.Ordinal),
            kinds.Select(t => t.Name).Order(StringComparer.Ordinal));
    }

    private static void Same(object stored, object? read) => Assert.Equal(Structure.Of(stored), Structure.Of(read));

    private string Id() => $"urn:uuid:{++_next}";

    private async Task CommitAsync(Change change) => Assert.True(await _store!.CommitAsync(change, default));
}
