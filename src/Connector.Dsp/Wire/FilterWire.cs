using System.Globalization;
using System.Text.Json;
using Connector.ControlPlane;
using Connector.ControlPlane.Catalogs;

namespace Connector.Dsp.Wire;

/// <summary>
/// The filter of a catalog request. The standard leaves its form open; deployed connectors always send a <c>QuerySpec</c> (offset, limit,
/// criteria), so that is what is understood: paging, and the dataset's id.
/// </summary>
internal static class FilterWire
{
    private const string Mend = "leave filter out, or send a QuerySpec with offset, limit and at most the criterion id = '…'";

    /// <summary>What a filter asks for.</summary>
    /// <exception cref="MalformedException">It asks for more than is understood.</exception>
    public static CatalogQuery Read(JsonElement? filter)
    {
        var query = new CatalogQuery();
        foreach (var part in Items(filter))
        {
            query = part.ValueKind == JsonValueKind.Object ? QuerySpec(part, query) : throw Unsupported($"holds {part.ValueKind}");
        }

        return query;
    }

    private static CatalogQuery QuerySpec(JsonElement spec, CatalogQuery query)
    {
        foreach (var member in spec.EnumerateObject())
        {
            query = Local(member.Name) switch
            {
                "offset" when Number(member.Value) is { } offset => query with { Continuation = offset == 0 ? null : offset.ToString(CultureInfo.InvariantCulture) },
                "limit" when Number(member.Value) is { } limit => query with { Limit = limit },
                "filterExpression" => Items(member.Value).Aggregate(query, Criterion),
                "@type" => Items(member.Value).All(t => Local(Text(t) ?? "") == "QuerySpec") ? query : throw Unsupported("is of a type other than QuerySpec"),
                "sortOrder" or "sortField" or "@id" or "@context" => query,
                var other => throw Unsupported($"has the member '{WireChecks.Line(other, "filter", WireChecks.MaxId)}'"),
            };
        }

        return query;
    }

    private static CatalogQuery Criterion(CatalogQuery query, JsonElement criterion)
    {
        if (criterion.ValueKind != JsonValueKind.Object)
        {
            throw Unsupported($"has a criterion that is {criterion.ValueKind}");
        }

        var parts = criterion.EnumerateObject().GroupBy(m => Local(m.Name)).ToDictionary(g => g.Key, g => Text(g.First().Value), StringComparer.Ordinal);
        return Local(parts.GetValueOrDefault("operandLeft") ?? "") == "id" && parts.GetValueOrDefault("operator") == "=" && parts.GetValueOrDefault("operandRight") is { } id
            ? query with { DatasetId = WireChecks.Id(id, "filter.operandRight") }
            : throw Unsupported("has a criterion other than id = '…'");
    }

    private static JsonElement[] Items(JsonElement? value) => value switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => [],
        { ValueKind: JsonValueKind.Array } list => list.GetArrayLength() <= WireChecks.MaxList ? [.. list.EnumerateArray()] : throw Unsupported($"has more than {WireChecks.MaxList} parts"),
        { } one => [one],
    };

    private static int? Number(JsonElement value)
    {
        var number = value.ValueKind == JsonValueKind.Object && value.TryGetProperty("@value", out var inner) ? inner : value;
        return number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var found) && found >= 0 ? found : throw Unsupported("has an offset or limit that is no whole number of at least 0");
    }

    private static string? Text(JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.Object && (value.TryGetProperty("@value", out var inner) || value.TryGetProperty("@id", out inner)) ? inner : value;
        return text.ValueKind == JsonValueKind.String ? text.GetString() : null;
    }

    // Deployed peers write these names bare, with a prefix or as IRIs.
    private static string Local(string name) => name[(name.LastIndexOfAny(['/', ':', '#']) + 1)..];

    private static MalformedException Unsupported(string found) => new(new Refusal(RefusalKind.Malformed, "filter-unsupported", $"filter: {found}", "filter", Mend));
}
