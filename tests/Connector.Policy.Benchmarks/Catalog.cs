using System.Collections.Immutable;
using System.Globalization;
using Connector.ControlPlane;
using Connector.ControlPlane.Catalogs;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.Policies;

namespace Connector.Policy.Benchmarks;

/// <summary>The catalog service over offers that share distinct policies of ten constraints, of which every tenth shows itself to the peer. Files are not touched.</summary>
internal sealed class Catalog : IDataSources, IPeerBindings
{
    private const int Constraints = 10;

    private readonly CatalogService _service;
    private readonly Peer _peer;
    private readonly Peer _outsider;

    public Catalog(int offers, int policies)
    {
        var library = new Library();
        var visible = Enumerable.Range(0, policies).Select(i => CompiledPolicy.Compile(Permit(i))).ToArray();
        var terms = new KnownPolicy(Policies.Policy.Free, CompiledPolicy.Compile(Policies.Policy.Free), OdrlJson.ToJson(Policies.Policy.Free));
        library.Replace(new LibrarySnapshot([], [], [], [.. Enumerable.Range(0, offers).Select(i => Offered(i, terms, visible[i % policies]))]));
        _service = new CatalogService(library, new PolicyBook(library, TimeProvider.System), this, new PeerDirectory(library), this, [], new Participant("did:web:own.example", "own", null, null));
        _peer = new Peer("did:web:a.example", Cases.Facts(Constraints, "group-of-the-peer").Claims, "benchmark", DateTimeOffset.MaxValue);
        _outsider = new Peer("did:web:b.example", Cases.Facts(Constraints, "nobody").Claims, "benchmark", DateTimeOffset.MaxValue);
        Expected = offers / 10;
    }

    public int Expected { get; }

    /// <summary>How many datasets the first page shows to the peer.</summary>
    public int FirstPage() => Page(_peer, null).Datasets.Length;

    /// <summary>Goes through all offers and finds none for this peer: the whole filtering, and nothing else.</summary>
    public int NothingVisible() => Page(_outsider, null).Datasets.Length;

    /// <summary>All pages, one after the other, each filtered anew.</summary>
    public int AllPages()
    {
        var (count, continuation) = (0, (string?)null);
        do
        {
            var page = Page(_peer, continuation);
            (count, continuation) = (count + page.Datasets.Length, page.Continuation);
        }
        while (continuation is not null);
        return count;
    }

    public ValueTask<Result<Manifest>> DescribeAsync(DataSource source, string? contentType, CancellationToken cancel) => new(new Manifest("application/json", []));

    public IAsyncEnumerable<Piece> ReadAsync(DataSource source, Manifest manifest, ResumePoint from, CancellationToken cancel) => AsyncEnumerable.Empty<Piece>();

    public ValueTask<Result<Binding>> ChooseAsync(PeerEntry peer, Binding? asked, CancellationToken cancel) => new(Binding.Grpc);

    private static OfferedDataset Offered(int i, KnownPolicy terms, CompiledPolicy visibleTo)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"d{i:D6}");
        var dataset = new Dataset(name, $"urn:dataset:{name}", ImmutableSortedDictionary<string, string>.Empty, null, null, new DataSource("file", $"/{name}"));
        return new OfferedDataset(new Offer(name, $"urn:offer:{name}", [name], "p", "free", Acceptance.Auto), dataset, new Terms($"urn:offer:{name}", dataset.Id, terms.Json), terms, visibleTo);
    }

    private static Policies.Policy Permit(int i)
    {
        var all = Cases.Policy(Constraints, "active").Permissions[0];
        var group = i % 10 == 0 ? "group-of-the-peer" : string.Create(CultureInfo.InvariantCulture, $"group-{i}");
        return new() { Permissions = [all with { Constraints = all.Constraints.SetItem(Constraints - 1, (AtomicConstraint)all.Constraints[^1] with { Values = [group] }) }] };
    }

    // Nothing here waits, so that one thread is measured.
    private ControlPlane.Catalogs.Catalog Page(Peer caller, string? continuation) => _service.ForAsync(caller, continuation, CancellationToken.None).AsTask().GetAwaiter().GetResult().Value;
}
