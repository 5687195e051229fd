using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Grpc.Tests.Rooms;

namespace Connector.Grpc.Tests.Exchanges;

public sealed class PushTests : IAsyncLifetime
{
    private readonly byte[] _bytes = new byte[(4 * 1024 * 1024) + 777];
    private Partners _partners = null!;
    private string _sink = "";
    private Manifest _manifest = null!;

    public async ValueTask InitializeAsync()
    {
        new Random(2).NextBytes(_bytes);
        _partners = await Partners.StartAsync();
        await File.WriteAllBytesAsync(Source.Source.Location, _bytes);
        _sink = _partners.ConsumerFile("received.bin");
        _manifest = (await _partners.Provider.Get<IDataSources>().DescribeAsync(Source.Source, null, default)).Value;
        var provider = _partners.ProviderEntry.ParticipantId;
        await _partners.Consumer.StoreAsync(new Change
        {
            Agreements = [Sample.Agreement(provider, Role.Consumer)],
            Transfers = [Sample.Transfer(provider, Role.Consumer, Formats.GrpcPush) with { Sink = _sink }],
        });
    }

    public ValueTask DisposeAsync() => _partners.DisposeAsync();

    private ControlPlane.Publications.Dataset Source => Sample.File(_partners.ProviderFile("data.bin"));

    [Fact]
    public async Task A_push_is_answered_by_a_signed_receipt_once_all_is_in_place()
    {
        var receipt = (await PushAsync(Read)).Value;

        Assert.Equal(_bytes, await File.ReadAllBytesAsync(_sink, TestContext.Current.CancellationToken));
        Assert.Null(_partners.Provider.Get<ISignatures>().VerifyJson(_partners.ConsumerEntry.ParticipantId, receipt.Json, receipt.Signature));
    }

    [Fact]
    public async Task A_push_that_broke_is_taken_up_again()
    {
        var broken = await PushAsync(from => BreakAsync(Read(from), 40));
        Assert.Equal(RefusalKind.Unavailable, broken.Refusal!.Kind);
        Assert.False(File.Exists(_sink));

        // The receiver may not have noticed the break yet; a sender tries again, as it does on everything that is unavailable.
        var again = await PushAsync(Read);
        while (again.Refusal is { Kind: RefusalKind.Unavailable, Code: "transfer-busy" })
        {
            again = await PushAsync(Read);
        }

        Assert.Null(again.Refusal);
        Assert.Equal(_bytes, await File.ReadAllBytesAsync(_sink, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_push_repeated_after_its_end_is_answered_by_the_same_receipt()
    {
        var one = (await PushAsync(Read)).Value;
        var two = (await PushAsync(Read)).Value;

        Assert.Equal(one, two);
    }

    [Fact]
    public async Task Bytes_that_do_not_match_the_manifest_are_refused_and_never_take_the_name()
    {
        var result = await PushAsync(from => FlipAsync(Read(from)));

        Assert.NotNull(result.Refusal);
        Assert.False(File.Exists(_sink));
    }

    [Fact]
    public async Task A_push_that_ends_after_its_manifest_is_one_that_broke_off()
    {
        var result = await PushAsync(_ => AsyncEnumerable.Empty<Piece>());

        Assert.Equal((RefusalKind.Unavailable, "stream-ended-early"), (result.Refusal!.Kind, result.Refusal.Code));
        Assert.Empty(_partners.Consumer.Told.Errors);
    }

    [Fact]
    public async Task A_push_with_another_token_is_refused()
    {
        var transfer = Transfer() with { DataAddress = Sample.Transfer("x", Role.Provider).DataAddress! with { Properties = Transfer().DataAddress!.Properties.SetItem(DataAddress.Authorization, "another") } };

        var result = await _partners.Provider.Client.PushAsync(_partners.ToConsumer, transfer, _manifest, Read, default);

        Assert.Equal((RefusalKind.Forbidden, "transfer-token"), (result.Refusal!.Kind, result.Refusal.Code));
    }

    [Fact]
    public async Task A_sender_that_gives_up_leaves_nothing_that_looks_complete()
    {
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _partners.Provider.Client.PushAsync(_partners.ToConsumer, Transfer(), _manifest, from => CancelAsync(Read(from), cancel), cancel.Token));

        Assert.False(File.Exists(_sink));
        Assert.Empty(_partners.Consumer.Told.Errors);
    }

    private async Task<Result<SignedReceipt>> PushAsync(Func<ResumePoint, IAsyncEnumerable<Piece>> read) =>
        await _partners.Provider.Client.PushAsync(_partners.ToConsumer, Transfer(), _manifest, read, default);

    private Transfer Transfer() => Sample.Transfer(_partners.ConsumerEntry.ParticipantId, Role.Provider, Formats.GrpcPush);

    private IAsyncEnumerable<Piece> Read(ResumePoint from) => _partners.Provider.Get<IDataSources>().ReadAsync(Source.Source, _manifest, from, default);

    private static async IAsyncEnumerable<Piece> BreakAsync(IAsyncEnumerable<Piece> pieces, int after)
    {
        await foreach (var piece in pieces)
        {
            yield return after-- > 0 ? piece : throw new ExchangeBrokenException(new Refusal(RefusalKind.Unavailable, "source-changed", "the disk went away"));
        }
    }

    private static async IAsyncEnumerable<Piece> FlipAsync(IAsyncEnumerable<Piece> pieces)
    {
        await foreach (var piece in pieces)
        {
            var bytes = piece.Bytes.ToArray();
            bytes[0] ^= 1;
            yield return piece with { Bytes = bytes };
        }
    }

    private static async IAsyncEnumerable<Piece> CancelAsync(IAsyncEnumerable<Piece> pieces, CancellationTokenSource cancel)
    {
        await foreach (var piece in pieces)
        {
            yield return piece;
            await cancel.CancelAsync();
        }
    }
}
