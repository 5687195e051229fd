using System.Text.Json;

namespace Connector.Dsp.Wire;

/// <summary>CatalogRequestMessage (DSP 2025-1, catalog protocol).</summary>
internal sealed record CatalogRequestDocument : DspDocument
{
    public JsonElement? Filter { get; init; }
}

/// <summary>DatasetRequestMessage: abstract, as over HTTPS the path of the call says all of it (DSP 2025-1, catalog HTTPS binding).</summary>
internal sealed record DatasetRequestDocument : DspDocument
{
    public string? Dataset { get; init; }
}

/// <summary>A Catalog; the root one names its participant, nested ones need not.</summary>
internal sealed record CatalogDocument : DspDocument
{
    public string? ParticipantId { get; init; }

    public IReadOnlyList<DataServiceDocument>? Service { get; init; }

    public IReadOnlyList<DatasetDocument>? Dataset { get; init; }

    public IReadOnlyList<CatalogDocument>? Catalog { get; init; }

    public IReadOnlyList<DistributionDocument>? Distribution { get; init; }
}

/// <summary>A Dataset with its offers and distributions.</summary>
internal sealed record DatasetDocument : DspDocument
{
    public IReadOnlyList<OfferDocument>? HasPolicy { get; init; }

    public IReadOnlyList<DistributionDocument>? Distribution { get; init; }
}

/// <summary>A Distribution: a format, and the service that has it (its id, or the service itself).</summary>
internal sealed record DistributionDocument : DspDocument
{
    public string? Format { get; init; }

    public JsonElement? AccessService { get; init; }

    public IReadOnlyList<OfferDocument>? HasPolicy { get; init; }
}

/// <summary>A DataService: where a catalog's datasets are negotiated.</summary>
internal sealed record DataServiceDocument : DspDocument
{
    public string? EndpointURL { get; init; }
}
