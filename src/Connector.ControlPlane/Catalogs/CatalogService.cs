using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.Policies;

namespace Connector.ControlPlane.Catalogs;

/// <summary>Our catalog as each peer may see it, and the catalogs of peers.</summary>
public sealed class CatalogService(Library library, PolicyBook policies, IDataSources sources, IPeerDirectory peers, IPeerBindings bindings, IEnumerable<IPeerClient> clients, Participant self)
{
    /// <summary>Datasets in one page.</summary>
    public const int PageSize = 500;

    /// <summary>Pages of a peer's catalog that are read in search of an offer.</summary>
    private const int MaxPages = 1000;

    /// <summary>The datasets that the caller may know of, each with the offers it may know of.</summary>
    public ValueTask<Result<Catalog>> ForAsync(Peer caller, string? continuation, CancellationToken cancel) => ForAsync(caller, new CatalogQuery(continuation), cancel);

    /// <summary>The datasets that the caller may know of and asks for.</summary>
    public async ValueTask<Result<Catalog>> ForAsync(Peer caller, CatalogQuery query, CancellationToken cancel)
    {
        var start = 0;
        if (query.Continuation is not null && (!query.Continuation.All(char.IsAsciiDigit) || !int.TryParse(query.Continuation, NumberStyles.None, CultureInfo.InvariantCulture, out start) || start < 0))
        {
            return Refusal.Malformed("continuation", "is none of ours", "send the continuation of the page before, unchanged");
        }

        var size = Math.Clamp(query.Limit ?? PageSize, 1, PageSize);
        var sight = SightOf(caller);
        var page = ImmutableArray.CreateBuilder<CatalogDataset>();
        var (seen, more) = (0, false);
        foreach (var shelf in Shelves(query.DatasetId))
        {
            if (!sight.Shows(shelf) || seen++ < start)
            {
                continue;
            }

            more = page.Count == size;
            if (more)
            {
                break;
            }

            page.Add(await DescribeAsync(shelf, sight, cancel));
        }

        return new Catalog($"urn:catalog:{self.Id}", self.Id, page.ToImmutable(), more ? Continuation(start + size) : null)
        {
            Previous = start > 0 ? Continuation(Math.Max(0, start - size)) : null,
        };
    }

    /// <summary>One dataset, if the caller may know of it.</summary>
    public async ValueTask<Result<CatalogDataset>> DatasetAsync(Peer caller, string datasetId, CancellationToken cancel)
    {
        var sight = SightOf(caller);
        return library.Current.ShelfOf(datasetId) is { } shelf && sight.Shows(shelf) ? await DescribeAsync(shelf, sight, cancel) : Refusal.NotFound("dataset", datasetId);
    }

    /// <summary>The first page now, and again whenever documents were applied that may have changed it.</summary>
    public async IAsyncEnumerable<Catalog> WatchAsync(Peer caller, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (true)
        {
            var changed = library.Changed;
            if ((await ForAsync(caller, new CatalogQuery(), cancel)).Try(out var catalog, out _))
            {
                yield return catalog;
            }

            await changed.WaitAsync(cancel);
        }
    }

    /// <summary>Asks a peer for its catalog.</summary>
    public async ValueTask<Result<Catalog>> RequestAsync(string peerNameOrId, Binding? binding, CancellationToken cancel)
    {
        if (peers.Find(peerNameOrId) is not { } entry)
        {
            return new Refusal(RefusalKind.NotFound, "peer-unknown", $"no peer is known as '{peerNameOrId}'", "peer", "apply its Peer document first");
        }

        if (!(await bindings.ChooseAsync(entry, binding, cancel)).Try(out var chosen, out var refusal))
        {
            return refusal;
        }

        return ClientFor(chosen) is { } client ? await client.CatalogAsync(new PeerAddress(entry, null), null, cancel) : NotSpoken(chosen);
    }

    /// <summary>An offer of a peer, by its <c>@id</c> or the part of it after the last colon.</summary>
    public async ValueTask<Result<Terms>> FindOfferAsync(PeerEntry peer, Binding binding, string offer, string? datasetId, CancellationToken cancel)
    {
        if (ClientFor(binding) is not { } client)
        {
            return NotSpoken(binding);
        }

        string? continuation = null;
        for (var page = 0; page < MaxPages; page++)
        {
            if (!(await client.CatalogAsync(new PeerAddress(peer, null), continuation, cancel)).Try(out var catalog, out var refusal))
            {
                return refusal;
            }

            foreach (var dataset in catalog.Datasets.Where(d => datasetId is null || d.Id == datasetId))
            {
                if (dataset.Offers.FirstOrDefault(o => o.Id == offer || o.Id.EndsWith(":" + offer, StringComparison.Ordinal)) is { } found)
                {
                    return new Terms(found.Id, dataset.Id, found.Policy);
                }
            }

            continuation = catalog.Continuation;
            if (continuation is null)
            {
                break;
            }
        }

        return new Refusal(RefusalKind.NotFound, "offer-unknown", $"the catalog of '{peer.Name}' shows no offer '{offer}'", "offer", "list the catalog to see what this peer shows you");
    }

    private Sight SightOf(Peer caller) => new(policies.Facts(caller, [], null) with { Action = Actions.Access });

    private ImmutableArray<Shelf> Shelves(string? datasetId) => datasetId is null ? library.Current.Shelves : library.Current.ShelfOf(datasetId) is { } one ? [one] : [];

    private async ValueTask<CatalogDataset> DescribeAsync(Shelf shelf, Sight sight, CancellationToken cancel)
    {
        var dataset = shelf.Dataset;
        // Whoever looks at a catalog must not make this connector fetch what is elsewhere.
        var manifest = dataset.Source.Http is null && (await sources.DescribeAsync(dataset.Source, dataset.ContentType, cancel)).Try(out var described, out _) ? described : null;
        return new CatalogDataset(
            dataset.Id,
            dataset.Title,
            dataset.Profile,
            manifest?.ContentType ?? dataset.ContentType,
            manifest?.Size,
            manifest is { Files: [var only] } ? Convert.ToHexStringLower(only.Sha256.Span) : null,
            [.. Formats.For(Binding.Grpc), .. self.DspAddress is null ? [] : Formats.For(Binding.Dsp)],
            [.. shelf.Offers.Where(sight.Shows).Select(o => new CatalogOffer(o.Terms.OfferId, o.Terms.Policy))]);
    }

    private static string Continuation(int start) => start.ToString(CultureInfo.InvariantCulture);

    private IPeerClient? ClientFor(Binding binding) => clients.FirstOrDefault(c => c.Binding == binding);

    private static Refusal NotSpoken(Binding binding) =>
        new(RefusalKind.Malformed, "binding-off", $"this connector does not speak {binding.ToString().ToLowerInvariant()}", "binding", "use another binding");
}
