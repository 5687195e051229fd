using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connector.Dsp.JsonLd;

/// <summary>Expands one document (JSON-LD 1.1 API §5.1.2).</summary>
internal sealed class Expander
{
    private readonly Walk walk = new();

    public JsonArray ExpandDocument(JsonElement document)
    {
        var expanded = Expand(ActiveContext.Empty, null, document);
        if (expanded is JsonObject { Count: 1 } only && only.TryGetPropertyValue("@graph", out var graph))
        {
            only.Remove("@graph");
            expanded = graph;
        }

        return AsArray(expanded);
    }

    private JsonNode? Expand(ActiveContext active, string? property, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.Array:
                return ExpandArray(active, property, element);
            case JsonValueKind.Object:
                return ExpandObject(active, property, element);
            default:
                return property is null or "@graph" ? null : ExpandedValue.Of(ContextReader.OfProperty(active, property, walk), active.Find(property), element);
        }
    }

    private JsonArray ExpandArray(ActiveContext active, string? property, JsonElement array)
    {
        var result = new JsonArray();
        var list = property is not null && active.Find(property) is { Container: Containers.List };
        var index = 0;
        foreach (var item in array.EnumerateArray())
        {
            walk.Enter(index++.ToString(System.Globalization.CultureInfo.InvariantCulture));
            var expanded = Expand(active, property, item);
            walk.Leave();
            if (list && expanded is JsonArray inner)
                result.Add(new JsonObject { ["@list"] = inner });
            else
                Append(result, expanded);
        }

        return result;
    }

    private JsonNode? ExpandObject(ActiveContext active, string? property, JsonElement element)
    {
        var scoped = property is null ? null : active.Find(property);
        if (active.Previous is { } previous && !StandsAlone(active, element))
            active = previous;
        if (scoped is { Context: not null })
            active = ScopeOfProperty(active, scoped);
        if (element.TryGetProperty("@context", out var local))
        {
            walk.Enter("@context");
            active = ContextReader.Read(active, local, walk);
            walk.Leave();
        }

        var typeScoped = active;
        string? inputType = null;
        foreach (var member in element.EnumerateObject())
        {
            if (!Means(active, member.Name, "@type"))
                continue;

            foreach (var type in Strings(member.Value).Order(StringComparer.Ordinal))
            {
                active = ContextReader.OfType(active, typeScoped.Find(type), walk);
                inputType = type;
            }
        }

        var result = new JsonObject();
        var isJson = inputType is not null && IriExpansion.Expand(active, inputType, vocabulary: true) == "@json";
        foreach (var member in element.EnumerateObject())
        {
            if (member.Name == "@context" || IriExpansion.Expand(active, member.Name, vocabulary: true) is not { } name)
                continue;

            walk.Enter(member.Name);
            if (Keywords.Is(name))
                ExpandKeyword(result, active, typeScoped, property, name, member.Value, isJson);
            else if (name.Contains(':', StringComparison.Ordinal))
                ExpandProperty(result, active, name, member);
            walk.Leave();
        }

        return ExpandedObject.Finish(result, property, walk);
    }

    private ActiveContext ScopeOfProperty(ActiveContext active, Term scoped) =>
        active.Derive('p', scoped, () => ContextReader.Read(active, scoped.Context!.Value, walk, overriding: true));

    /// <summary>A value, or a mere reference: what came from the type above still holds for it.</summary>
    private static bool StandsAlone(ActiveContext active, JsonElement element)
    {
        var count = 0;
        var reference = false;
        foreach (var member in element.EnumerateObject())
        {
            count++;
            var name = IriExpansion.Expand(active, member.Name, vocabulary: true);
            if (name == "@value")
                return true;

            reference |= name == "@id";
        }

        return reference && count == 1;
    }

    private void ExpandProperty(JsonObject result, ActiveContext active, string name, JsonProperty member)
    {
        var term = active.Find(member.Name);
        var expanded = term is { Type: "@json" }
            ? new JsonObject { ["@value"] = ExpandedValue.Node(member.Value), ["@type"] = "@json" }
            : Expand(active, member.Name, member.Value);
        if (expanded is null)
            return;

        var container = term?.Container ?? Containers.None;
        if (container == Containers.List && !(expanded is JsonObject listed && listed.ContainsKey("@list")))
            expanded = new JsonObject { ["@list"] = AsArray(expanded) };
        if (container.HasFlag(Containers.Graph))
            expanded = new JsonArray([.. Detach(AsArray(expanded)).Select(each => new JsonObject { ["@graph"] = AsArray(each) })]);

        if (result[name] is not JsonArray values)
            result[name] = values = [];
        Append(values, expanded);
    }

    private void ExpandKeyword(
        JsonObject result, ActiveContext active, ActiveContext typeScoped, string? property, string keyword, JsonElement value, bool isJson)
    {
        if (result.ContainsKey(keyword) && keyword != "@type")
            throw walk.Fault("colliding keywords", $"{keyword} is said twice, under two names; say it once.");

        switch (keyword)
        {
            case "@id":
                result["@id"] = IriExpansion.Expand(active, ContextReader.Text(value, "invalid @id value", "@id", walk), vocabulary: false);
                break;
            case "@type":
                ExpandType(result, typeScoped, value);
                break;
            case "@value":
                if (!isJson && value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                    throw walk.Fault("invalid value object value", $"@value holds an {ContextReader.Kind(value)}; it takes a string, number, boolean or null.");

                result["@value"] = ExpandedValue.Node(value);
                break;
            case "@language" when value.ValueKind == JsonValueKind.Null:
                break;
            case "@language":
                result["@language"] = ContextReader.Text(value, "invalid language-tagged string", "@language", walk);
                break;
            case "@direction":
                result["@direction"] = ContextReader.Text(value, "invalid base direction", "@direction", walk) is "ltr" or "rtl"
                    ? value.GetString()
                    : throw walk.Fault("invalid base direction", "@direction takes ltr or rtl.");
                break;
            case "@index":
                result["@index"] = ContextReader.Text(value, "invalid @index value", "@index", walk);
                break;
            case "@graph":
                result["@graph"] = AsArray(Expand(active, "@graph", value));
                break;
            case "@list" when property is not (null or "@graph"):
                result["@list"] = AsArray(Expand(active, property, value));
                break;
            case "@list":
                break;
            case "@set":
                result["@set"] = Expand(active, property, value);
                break;
            default:
                throw walk.Fault("unsupported keyword", $"{keyword} is not used here at this place; leave it out.");
        }
    }

    private void ExpandType(JsonObject result, ActiveContext typeScoped, JsonElement value)
    {
        var named = value.ValueKind == JsonValueKind.String;
        if (!named && (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(type => type.ValueKind != JsonValueKind.String)))
            throw walk.Fault("invalid type value", $"@type holds a {ContextReader.Kind(value)}; it takes a string or an array of strings.");

        var types = Strings(value).Select(type => IriExpansion.Expand(typeScoped, type, vocabulary: true)).OfType<string>();
        if (named && !result.ContainsKey("@type"))
            result["@type"] = types.FirstOrDefault();
        else
            result["@type"] = new JsonArray([.. Detach(AsArray(Take(result, "@type"))), .. types.Select(type => JsonValue.Create(type))]);
    }

    private static IEnumerable<string> Strings(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!),
        _ => [],
    };

    private static bool Means(ActiveContext active, string name, string keyword) =>
        name == keyword || (active.Find(name) is { } term && term.Iri == keyword);

    private static JsonNode? Take(JsonObject from, string name)
    {
        var value = from[name];
        from.Remove(name);
        return value;
    }

    private static void Append(JsonArray to, JsonNode? expanded)
    {
        if (expanded is JsonArray array)
            foreach (var item in Detach(array))
                to.Add(item);
        else if (expanded is not null)
            to.Add(expanded);
    }

    private static JsonArray AsArray(JsonNode? value) => value switch
    {
        null => [],
        JsonArray array => array,
        _ => new JsonArray(value),
    };

    private static JsonNode?[] Detach(JsonArray array)
    {
        var items = array.ToArray();
        array.Clear();
        return items;
    }
}
