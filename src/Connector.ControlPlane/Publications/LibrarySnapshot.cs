using System.Collections.Frozen;
using System.Collections.Immutable;
using Connector.ControlPlane.Participants;
using Connector.Policies;

namespace Connector.ControlPlane.Publications;

/// <summary>All applied documents at one moment, with their references resolved.</summary>
public sealed class LibrarySnapshot
{
    public static LibrarySnapshot Empty { get; } = new([], [], [], []);

    private readonly FrozenDictionary<string, PeerEntry> _peersById;
    private readonly FrozenDictionary<string, PeerEntry> _peersByName;
    private readonly FrozenDictionary<(string Offer, string Dataset), OfferedDataset> _offers;
    private readonly FrozenDictionary<string, ImmutableArray<OfferedDataset>> _byOffer;
    private readonly FrozenDictionary<string, Dataset> _datasets;
    private readonly FrozenDictionary<string, Shelf> _shelves;

    public LibrarySnapshot(ImmutableArray<Document> documents, ImmutableArray<PeerEntry> peers, ImmutableArray<Dataset> datasets, ImmutableArray<OfferedDataset> offers)
    {
        Documents = documents.ToFrozenDictionary(d => d.Key);
        Peers = peers;
        Offers = offers;
        _peersById = peers.ToFrozenDictionary(p => p.ParticipantId);
        _peersByName = peers.ToFrozenDictionary(p => p.Name);
        _datasets = datasets.ToFrozenDictionary(d => d.Id);
        HttpSources = datasets.Select(d => d.Source.Http?.Key).OfType<string>().ToFrozenSet(StringComparer.Ordinal);
        _offers = offers.ToFrozenDictionary(o => (o.Terms.OfferId, o.Terms.DatasetId));
        Shelves = [.. offers.GroupBy(o => o.Dataset.Id, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new Shelf(g.First().Dataset, [.. g]))];
        _shelves = Shelves.ToFrozenDictionary(s => s.Dataset.Id);
        _byOffer = offers.GroupBy(o => o.Offer.Name).ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray());
    }

    public FrozenDictionary<DocumentKey, Document> Documents { get; }

    /// <summary>The words that policies are read by: the built-in ones and those of Vocabulary documents.</summary>
    public Vocabulary Vocabulary { get; init; } = Vocabulary.BuiltIn;

    public ImmutableArray<PeerEntry> Peers { get; }

    /// <summary>Every offer on every one of its datasets.</summary>
    public ImmutableArray<OfferedDataset> Offers { get; }

    /// <summary>The datasets that are offered, in the order in which catalogs show them.</summary>
    public ImmutableArray<Shelf> Shelves { get; }

    /// <summary>The keys of the sources that are asked over HTTP.</summary>
    public FrozenSet<string> HttpSources { get; }

    /// <summary>The offers on one dataset; null when there are none.</summary>
    public Shelf? ShelfOf(string datasetId) => _shelves.GetValueOrDefault(datasetId);

    public PeerEntry? FindPeer(string nameOrId) => _peersById.GetValueOrDefault(nameOrId) ?? _peersByName.GetValueOrDefault(nameOrId);

    public PeerEntry? PeerById(string participantId) => _peersById.GetValueOrDefault(participantId);

    public Dataset? DatasetById(string id) => _datasets.GetValueOrDefault(id);

    /// <summary>An offer by its <c>@id</c> and dataset, or, for the operator, by its document's name.</summary>
    /// <param name="datasetId">Null when the offer is on one dataset only.</param>
    public OfferedDataset? FindOffer(string offerId, string? datasetId)
    {
        if (datasetId is not null)
        {
            return _offers.GetValueOrDefault((offerId, datasetId)) ?? Named(offerId).FirstOrDefault(o => o.Terms.DatasetId == datasetId);
        }

        var named = Named(offerId);
        return named.Length == 1 ? named[0] : Offers.FirstOrDefault(o => o.Terms.OfferId == offerId);
    }

    private ImmutableArray<OfferedDataset> Named(string offer) => _byOffer.GetValueOrDefault(offer, []);
}
