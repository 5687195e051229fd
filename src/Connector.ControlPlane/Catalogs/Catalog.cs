using System.Collections.Immutable;

namespace Connector.ControlPlane.Catalogs;

/// <summary>A catalog as one participant may see it (DCAT, DSP catalog protocol).</summary>
/// <param name="Id">The catalog's <c>@id</c>.</param>
/// <param name="ParticipantId">Whose it is.</param>
/// <param name="Continuation">Opaque; asks for the next page. Null on the last.</param>
public sealed record Catalog(string Id, string ParticipantId, ImmutableArray<CatalogDataset> Datasets, string? Continuation = null)
{
    /// <summary>Opaque; asks for the page before. Null on the first.</summary>
    public string? Previous { get; init; }
}

/// <summary>Which part of a catalog is asked for.</summary>
/// <param name="Continuation">Of the page before; null for the first page.</param>
/// <param name="Limit">Datasets in a page; null for as many as are given at most.</param>
/// <param name="DatasetId">Only this dataset; null for all.</param>
public sealed record CatalogQuery(string? Continuation = null, int? Limit = null, string? DatasetId = null);

/// <summary>A dataset in a catalog.</summary>
/// <param name="Size">Bytes, or null when not known beforehand.</param>
/// <param name="Sha256">Hex SHA-256 of a one-file dataset, or null.</param>
/// <param name="Formats">The distribution formats in which it can be had.</param>
public sealed record CatalogDataset(
    string Id,
    ImmutableSortedDictionary<string, string> Title,
    string? Profile,
    string? ContentType,
    long? Size,
    string? Sha256,
    ImmutableArray<string> Formats,
    ImmutableArray<CatalogOffer> Offers);

/// <summary>An offer in a catalog: its target is the dataset it stands in.</summary>
/// <param name="Policy">The rules as ODRL JSON text.</param>
public sealed record CatalogOffer(string Id, string Policy);
