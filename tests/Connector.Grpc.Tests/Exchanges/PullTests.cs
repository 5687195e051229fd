using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Connector.ControlPlane;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Grpc.Tests.Rooms;
using Microsoft.Extensions.DependencyInjection;

namespace Connector.Grpc.Tests.Exchanges;

public sealed class PullTests : IAsyncLifetime
{
    private const int MiB = 1024 * 1024;

    private readonly byte[] _bytes = new byte[(8 * MiB) + 12345];
    private Partners _partners = null!;

    public async ValueTask InitializeAsync()
    {
        new Random(1).NextBytes(_bytes);
        _partners = await ProviderOfAsync(_bytes);
    }

    public ValueTask DisposeAsync() => _partners.DisposeAsync();

    [Fact]
    public async Task A_pull_brings_the_providers_bytes()
    {
        var manifest = (await Stream().DescribeAsync(default)).Value;

        var (received, pieces) = await ReadAsync(Stream(), default);

        Assert.Equal(_bytes.Length, Assert.Single(manifest.Files).Size);
        Assert.Equal(_bytes, received);
        Assert.All(pieces, p => Assert.InRange(p, 1, 256 * 1024));
    }

    [Fact]
    public async Task A_pull_goes_on_from_any_chunk()
    {
        var (received, _) = await ReadAsync(Stream(), new ResumePoint(0, 3));

        Assert.Equal(_bytes[(3 * MiB)..], received);
    }

    [Theory]
    [InlineData(0, 99)]
    [InlineData(2, 0)]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    public async Task A_point_outside_of_the_dataset_is_refused(int file, int chunk)
    {
        var error = await Assert.ThrowsAsync<ExchangeBrokenException>(() => ReadAsync(Stream(), new ResumePoint(file, chunk)));

        Assert.Equal(RefusalKind.Malformed, error.Refusal.Kind);
    }

    [Fact]
    public async Task Another_transfers_token_opens_nothing()
    {
        var other = Transfer() with { DataAddress = new DataAddress(Formats.GrpcEndpointType, null, ImmutableDictionary<string, string>.Empty.Add(DataAddress.Authorization, "another")) };

        var described = await _partners.Consumer.Client.Pull(_partners.ToProvider, other).DescribeAsync(default);
        var error = await Assert.ThrowsAsync<ExchangeBrokenException>(() => ReadAsync(_partners.Consumer.Client.Pull(_partners.ToProvider, other), default));

        Assert.Equal((RefusalKind.Forbidden, "transfer-token"), (described.Refusal!.Kind, described.Refusal.Code));
        Assert.Equal("transfer-token", error.Refusal.Code);
    }

    [Fact]
    public async Task A_transfer_of_somebody_else_is_not_found()
    {
        var error = await Assert.ThrowsAsync<ExchangeBrokenException>(() => ReadAsync(_partners.Consumer.Client.Pull(_partners.ToProvider, Transfer() with { PeerPid = "urn:uuid:other" }), default));

        Assert.Equal(RefusalKind.NotFound, error.Refusal.Kind);
    }

    [Fact]
    public async Task A_stream_is_cut_off_in_the_middle_when_its_agreement_ends()
    {
        var received = 0;
        var error = await Assert.ThrowsAsync<ExchangeBrokenException>(async () =>
        {
            await foreach (var piece in Stream().ReadAsync(default, default))
            {
                if (received == 0)
                {
                    var ended = await _partners.Provider.Get<AgreementService>().EndAsync(Sample.AgreementId, "revoked", "the contract was ended", default);
                    Assert.False(ended.Refused);
                }

                received += piece.Bytes.Length;
            }
        });

        Assert.Equal((RefusalKind.Ended, "agreement-revoked"), (error.Refusal.Kind, error.Refusal.Code));
        Assert.Contains("the contract was ended", error.Refusal.Message, StringComparison.Ordinal);
        Assert.InRange(received, 1, _bytes.Length - 1);
    }

    [Fact]
    public async Task A_consumer_that_gives_up_ends_the_stream_without_an_error_on_either_side()
    {
        using var cancel = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var piece in Stream().ReadAsync(default, cancel.Token))
            {
                await cancel.CancelAsync();
            }
        });

        Assert.Empty(_partners.Provider.Told.Errors);
    }

    [Fact]
    public async Task A_provider_that_stops_leaves_the_pull_worth_another_try()
    {
        var error = await Assert.ThrowsAsync<ExchangeBrokenException>(async () =>
        {
            await foreach (var piece in Stream().ReadAsync(default, default))
            {
                await _partners.Provider.StopAsync();
            }
        });

        Assert.Equal(RefusalKind.Unavailable, error.Refusal.Kind);
    }

    [Fact]
    public async Task A_provider_that_falls_silent_does_not_hold_the_consumer()
    {
        await using var partners = await ProviderOfAsync([1, 2, 3], TimeSpan.FromMilliseconds(200), services => services.AddSingleton<IDataSources, SilentSources>());

        var error = await Assert.ThrowsAsync<ExchangeBrokenException>(() => ReadAsync(partners.Consumer.Client.Pull(partners.ToProvider, Transfer(partners)), default));

        Assert.Equal((RefusalKind.Unavailable, "stalled"), (error.Refusal.Kind, error.Refusal.Code));
    }

    [Fact]
    public async Task A_source_that_changes_meanwhile_is_worth_another_try_and_no_fault_of_ours()
    {
        await using var partners = await ProviderOfAsync(_bytes, null, services => services.AddSingleton<IDataSources, ChangingSources>());

        var error = await Assert.ThrowsAsync<ExchangeBrokenException>(() => ReadAsync(partners.Consumer.Client.Pull(partners.ToProvider, Transfer(partners)), default));

        Assert.Equal((RefusalKind.Unavailable, "source-changed"), (error.Refusal.Kind, error.Refusal.Code));
        Assert.Empty(partners.Provider.Told.Errors);
    }

    [Fact]
    public async Task A_source_that_changes_between_its_manifest_and_its_bytes_sends_none_of_them_and_is_described_anew()
    {
        var changed = _bytes.Reverse().ToArray();
        var (sink, target) = (_partners.Consumer.Get<IDataSinks>(), _partners.ConsumerFile("received.bin"));
        var stream = new Between(Stream(), () => File.WriteAllBytes(_partners.ProviderFile("data.bin"), changed));

        var first = await sink.ReceiveAsync(Sample.ConsumerPid, target, stream, null, default);
        Assert.Equal((RefusalKind.Unavailable, "source-changed"), (first.Refusal?.Kind, first.Refusal?.Code));
        Assert.Equal(0, stream.Pieces);
        Assert.False(File.Exists(target));

        Assert.Null((await sink.ReceiveAsync(Sample.ConsumerPid, target, Stream(), null, default)).Refusal);
        Assert.Equal(changed, await File.ReadAllBytesAsync(target));
    }

    private static async Task<Partners> ProviderOfAsync(byte[] bytes, TimeSpan? stall = null, Action<IServiceCollection>? change = null)
    {
        var partners = await Partners.StartAsync(stall: stall, changeProvider: change);
        var path = partners.ProviderFile("data.bin");
        await File.WriteAllBytesAsync(path, bytes);
        partners.Provider.Knows([partners.ProviderEntry, partners.ConsumerEntry], Sample.File(path));
        await partners.Provider.StoreAsync(new Change { Agreements = [Sample.Agreement(partners.ConsumerEntry.ParticipantId, Role.Provider)], Transfers = [Sample.Transfer(partners.ConsumerEntry.ParticipantId, Role.Provider)] });
        return partners;
    }

    private static Transfer Transfer(Partners partners) => Sample.Transfer(partners.ProviderEntry.ParticipantId, Role.Consumer);

    private Transfer Transfer() => Transfer(_partners);

    private IDataStream Stream() => _partners.Consumer.Client.Pull(_partners.ToProvider, Transfer());

    /// <summary>Does something after the manifest came and before the bytes are asked for.</summary>
    private sealed class Between(IDataStream stream, Action then) : IDataStream
    {
        public int Pieces { get; private set; }

        public async ValueTask<Result<Manifest>> DescribeAsync(CancellationToken cancel)
        {
            var described = await stream.DescribeAsync(cancel);
            then();
            return described;
        }

        public async IAsyncEnumerable<Piece> ReadAsync(ResumePoint from, [EnumeratorCancellation] CancellationToken cancel)
        {
            await foreach (var piece in stream.ReadAsync(from, cancel))
            {
                Pieces++;
                yield return piece;
            }
        }
    }

    private static async Task<(byte[] Bytes, IReadOnlyList<int> Pieces)> ReadAsync(IDataStream stream, ResumePoint from)
    {
        var all = new MemoryStream();
        var pieces = new List<int>();
        await foreach (var piece in stream.ReadAsync(from, default))
        {
            all.Write(piece.Bytes.Span);
            pieces.Add(piece.Bytes.Length);
        }

        return (all.ToArray(), pieces);
    }
}
