using System.Collections.Immutable;
using System.Text.Json;
using Connector.ControlPlane.Catalogs;
using Connector.ControlPlane.Exchanges;

namespace Connector.Dsp.Wire;

/// <summary>Catalogs between the standard's documents and the control plane (DSP 2025-1, catalog protocol; DCAT 3).</summary>
internal static class CatalogWire
{
    private const string Title = "dct:title";
    private const string ConformsTo = "dct:conformsTo";
    private const string MediaType = "dcat:mediaType";
    private const string ByteSize = "dcat:byteSize";

    /// <summary>Catalogs within catalogs beyond which none are read.</summary>
    private const int MaxNesting = 8;

    /// <summary>A request for all of a catalog.</summary>
    public static byte[] Request() => JsonSerializer.SerializeToUtf8Bytes(new CatalogRequestDocument { Context = DspJson.Context, Type = "CatalogRequestMessage" }, DspJson.Strict.CatalogRequestDocument);

    /// <summary>A request for one dataset.</summary>
    public static DatasetRequestDocument Request(string datasetId) => new() { Context = DspJson.Context, Type = "DatasetRequestMessage", Dataset = datasetId };

    /// <summary>The request as it goes over HTTPS: a path beneath the peer's base address, with nothing in the body.</summary>
    public static string PathOf(DatasetRequestDocument request) => "/catalog/datasets/" + Uri.EscapeDataString(request.Dataset ?? "");

    /// <summary>The catalog as its document.</summary>
    /// <param name="serviceId">The <c>@id</c> of the service that has the datasets.</param>
    /// <param name="endpoint">That service's base address, version path included.</param>
    public static byte[] Write(Catalog catalog, string serviceId, string endpoint) => JsonSerializer.SerializeToUtf8Bytes(
        new CatalogDocument
        {
            Context = DspJson.Context,
            Id = catalog.Id,
            Type = "Catalog",
            ParticipantId = catalog.ParticipantId,
            Service = [new DataServiceDocument { Id = serviceId, Type = "DataService", EndpointURL = endpoint }],
            Dataset = catalog.Datasets.IsEmpty ? null : [.. catalog.Datasets.Select(d => Document(d, serviceId))],
        },
        DspJson.Strict.CatalogDocument);

    /// <summary>One dataset as its document.</summary>
    public static byte[] Write(CatalogDataset dataset, string serviceId) =>
        JsonSerializer.SerializeToUtf8Bytes(Document(dataset, serviceId) with { Context = DspJson.Context }, DspJson.Strict.DatasetDocument);

    /// <summary>A peer's catalog, those within it included.</summary>
    public static Catalog Read(CatalogDocument d, string? continuation) => new(
        WireChecks.Id(d.Id, "@id"), WireChecks.Id(d.ParticipantId, "participantId"), [.. Datasets(d, 0).Select(Read)], continuation);

    public static CatalogDataset Read(DatasetDocument d)
    {
        var distributions = WireChecks.Entries(d.Distribution, "dataset.distribution");
        return new CatalogDataset(
            WireChecks.Id(d.Id, "dataset.@id"),
            Titles(d.More),
            Text(d.More, ConformsTo),
            distributions.Select(x => Text(x.More, MediaType)).FirstOrDefault(x => x is not null),
            distributions.Select(x => Number(x.More, ByteSize)).FirstOrDefault(x => x is not null),
            null,
            [.. distributions.Select(x => WireChecks.Id(x.Format, "dataset.distribution.format")).Distinct(StringComparer.Ordinal)],
            [.. WireChecks.Entries(d.HasPolicy, "dataset.hasPolicy").Select(o => new CatalogOffer(WireChecks.Id(o.Id, "dataset.hasPolicy.@id"), OfferWire.Rules(o, "dataset.hasPolicy")))]);
    }

    private static DatasetDocument Document(CatalogDataset dataset, string serviceId) => new()
    {
        Id = dataset.Id,
        Type = "Dataset",
        HasPolicy = [.. dataset.Offers.Select(o => OfferWire.Write(o.Id, o.Policy))],
        Distribution = [.. Formats.For(ControlPlane.Binding.Dsp).Select(format => Distribution(dataset, format, serviceId))],
        More = Described(dataset),
    };

    private static DistributionDocument Distribution(CatalogDataset dataset, string format, string serviceId)
    {
        var more = new Dictionary<string, JsonElement>();
        if (dataset.ContentType is { } type)
        {
            more[MediaType] = Json(type);
        }

        if (dataset.Size is { } size)
        {
            more[ByteSize] = Json(size.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return new DistributionDocument { Type = "Distribution", Format = format, AccessService = Json(serviceId), More = more.Count == 0 ? null : more };
    }

    private static Dictionary<string, JsonElement>? Described(CatalogDataset dataset)
    {
        var more = new Dictionary<string, JsonElement>();
        if (dataset.Title.Count > 0)
        {
            using var titles = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes([.. dataset.Title.Select(t => new LanguageText(t.Value, t.Key))], LanguageTexts.Default.LanguageTextArray));
            more[Title] = titles.RootElement.Clone();
        }

        if (dataset.Profile is { } profile)
        {
            more[ConformsTo] = Json(profile);
        }

        return more.Count == 0 ? null : more;
    }

    private static IEnumerable<DatasetDocument> Datasets(CatalogDocument catalog, int depth) => depth > MaxNesting
        ? throw new MalformedException("catalog", $"holds catalogs nested deeper than {MaxNesting}", "flatten the catalog")
        : WireChecks.Entries(catalog.Dataset, "dataset").Concat(WireChecks.Entries(catalog.Catalog, "catalog").SelectMany(inner => Datasets(inner, depth + 1)));

    private static ImmutableSortedDictionary<string, string> Titles(Dictionary<string, JsonElement>? more)
    {
        var titles = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (more is not null && more.TryGetValue(Title, out var found))
        {
            foreach (var title in found.ValueKind == JsonValueKind.Array ? found.EnumerateArray().Take(WireChecks.MaxList).ToArray() : [found])
            {
                if (title.ValueKind == JsonValueKind.String)
                {
                    titles["en"] = WireChecks.Line(title.GetString()!, "dct:title", WireChecks.MaxText);
                }
                else if (title.ValueKind == JsonValueKind.Object && title.TryGetProperty("@value", out var text) && text.ValueKind == JsonValueKind.String)
                {
                    var language = title.TryGetProperty("@language", out var l) && l.ValueKind == JsonValueKind.String ? l.GetString()! : "en";
                    titles[WireChecks.Line(language, "dct:title", 35)] = WireChecks.Line(text.GetString()!, "dct:title", WireChecks.MaxText);
                }
            }
        }

        return titles.ToImmutable();
    }

    private static string? Text(Dictionary<string, JsonElement>? more, string name)
    {
        if (more is null || !more.TryGetValue(name, out var found))
        {
            return null;
        }

        var text = found.ValueKind == JsonValueKind.Object && (found.TryGetProperty("@id", out var inner) || found.TryGetProperty("@value", out inner)) ? inner : found;
        return text.ValueKind == JsonValueKind.String ? WireChecks.OptionalId(text.GetString(), name) : null;
    }

    private static long? Number(Dictionary<string, JsonElement>? more, string name) =>
        more is null || !more.TryGetValue(name, out var found) ? null
        : found.ValueKind == JsonValueKind.Number && found.TryGetInt64(out var number) ? number
        : found.ValueKind == JsonValueKind.String && long.TryParse(found.GetString(), System.Globalization.CultureInfo.InvariantCulture, out number) ? number
        : null;

    private static JsonElement Json(string text) => JsonSerializer.SerializeToElement(text, Strings.Default.String);
}
