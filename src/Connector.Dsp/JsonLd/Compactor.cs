using System.Text.Json.Nodes;

namespace Connector.Dsp.JsonLd;

/// <summary>Compacts one expanded document (JSON-LD 1.1 API §6.1.2).</summary>
internal sealed class Compactor(Walk walk)
{
    /// <summary>The contexts let one operand stand alone; the standard's schemas do not.</summary>
    private static readonly HashSet<string> AlwaysMany =
    [
        "http://www.w3.org/ns/odrl/2/and", "http://www.w3.org/ns/odrl/2/andSequence", "http://www.w3.org/ns/odrl/2/or", "http://www.w3.org/ns/odrl/2/xone",
    ];

    /// <summary>The node without its parent, so that it can be put elsewhere.</summary>
    public static JsonNode? Free(JsonNode? node)
    {
        if (node?.Parent is JsonObject parent)
            parent.Remove(node.GetPropertyName());

        return node;
    }

    public JsonObject Node(ActiveContext active, string? property, JsonNode? node) =>
        Compact(active, property, node) as JsonObject ?? throw NotExpanded();

    private JsonNode? Compact(ActiveContext active, string? property, JsonNode? element)
    {
        if (element is not JsonObject item)
            throw NotExpanded();

        var scoped = property is null ? null : active.Find(property);
        if (active.Previous is { } previous && !item.ContainsKey("@value") && !(item.Count == 1 && item.ContainsKey("@id")))
            active = previous;
        if (scoped is { Context: { } context })
            active = active.Derive('p', scoped, () => ContextReader.Read(active, context, walk, overriding: true));
        if (CompactedValue.Of(active, scoped, item, walk) is { } value)
            return value;
        if (item["@list"] is JsonArray list && scoped is { Container: Containers.List })
            return Many(active, property, list);

        var typeScoped = active;
        var types = Types(item).Select(type => IriCompaction.Compact(typeScoped, type, vocabulary: true, walk)).ToArray();
        if (!item.ContainsKey("@value"))
            foreach (var type in types.Order(StringComparer.Ordinal))
                active = ContextReader.OfType(active, typeScoped.Find(type), walk);

        var result = new JsonObject();
        foreach (var (name, member) in item)
        {
            walk.Enter(name);
            if (Keywords.Is(name))
                Keyword(result, active, name, member, types);
            else
                Property(result, active, name, member as JsonArray ?? throw NotExpanded());
            walk.Leave();
        }

        return result;
    }

    private JsonArray Many(ActiveContext active, string? property, JsonArray items) => new([.. items.Select(item => Compact(active, property, item))]);

    private void Keyword(JsonObject result, ActiveContext active, string keyword, JsonNode? value, string[] types)
    {
        var alias = IriCompaction.Compact(active, keyword, vocabulary: true, walk);
        switch (keyword)
        {
            case "@id":
                result[alias] = IriCompaction.Compact(active, IriCompaction.Text(value) ?? throw NotExpanded(), vocabulary: false, walk);
                break;
            case "@type" when types.Length == 1:
                result[alias] = types[0];
                break;
            case "@type":
                result[alias] = new JsonArray([.. types.Select(type => JsonValue.Create(type))]);
                break;
            case "@list" or "@graph":
                result[alias] = Many(active, "@graph", value as JsonArray ?? throw NotExpanded());
                break;
            case "@value" or "@language" or "@direction" or "@index":
                result[alias] = value?.DeepClone();
                break;
            default:
                throw NotExpanded();
        }
    }

    private void Property(JsonObject result, ActiveContext active, string iri, JsonArray values)
    {
        if (values.Count == 0)
            result[IriCompaction.Compact(active, iri, vocabulary: true, walk, values)] = new JsonArray();

        foreach (var value in values)
        {
            var name = IriCompaction.Compact(active, iri, vocabulary: true, walk, value);
            var container = active.Find(name)?.Container ?? Containers.None;
            if (container == Containers.None && AlwaysMany.Contains(iri))
                container = Containers.Set;
            if (container == Containers.List && value is JsonObject listed && listed.ContainsKey("@list"))
            {
                if (result.ContainsKey(name))
                    throw walk.Fault("compaction to list of lists", $"There are two lists under '{Walk.Clip(name)}', which takes one.");

                result[name] = Compact(active, name, value);
            }
            else if (container.HasFlag(Containers.Graph) && value is JsonObject { Count: 1 } graph && graph["@graph"] is JsonArray { Count: 1 } nodes)
            {
                Add(result, name, Compact(active, name, nodes[0]), container);
            }
            else
            {
                Add(result, name, Compact(active, name, value), container);
            }
        }
    }

    private static void Add(JsonObject result, string name, JsonNode? value, Containers container)
    {
        // A JSON literal that is an array counts as its items here (API §9.4, add value).
        if (value is JsonArray many && (result.ContainsKey(name) || container.HasFlag(Containers.Set)))
        {
            if (!result.ContainsKey(name))
                result[name] = new JsonArray();
            foreach (var one in many.ToArray())
            {
                many.Remove(one);
                Add(result, name, one, container);
            }
        }
        else if (!result.TryGetPropertyValue(name, out var present))
        {
            result[name] = container.HasFlag(Containers.Set) ? new JsonArray(value) : value;
        }
        else if (present is JsonArray array)
        {
            array.Add(value);
        }
        else
        {
            result[name] = new JsonArray(Free(present), value);
        }
    }

    private static IEnumerable<string> Types(JsonObject item) => item["@type"] switch
    {
        JsonArray types => types.Select(IriCompaction.Text).OfType<string>(),
        JsonValue one when IriCompaction.Text(one) is { } type => [type],
        _ => [],
    };

    private JsonLdException NotExpanded() => walk.Fault("invalid expanded form", "This is not expanded JSON-LD; expand the document first.");
}
