using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Connector.Testing.Dsp;

/// <summary>
/// A validator for the part of JSON Schema 2019-09 that the protocol's schemas are written in. A keyword outside that part is an error, so that
/// nothing is ever passed over in silence; references go to schemas of the set only.
/// </summary>
public sealed class SchemaSet
{
    private static readonly HashSet<string> Remarks = ["$schema", "$id", "$comment", "title", "description", "definitions", "$defs", "examples", "default", "format"];

    private readonly Dictionary<string, JsonElement> schemas = new(StringComparer.Ordinal);

    /// <summary>Known by its path, and by its $id if it has one.</summary>
    public void Add(string path, JsonElement schema)
    {
        schemas[path] = schema;
        if (schema.TryGetProperty("$id", out var id))
            schemas[id.GetString()!] = schema;
    }

    /// <summary>What is wrong, one line a fault.</summary>
    public IReadOnlyList<string> Validate(string schema, JsonElement json)
    {
        var (root, part) = Resolve(default, schema);
        return Check(root, part, json, "").ToList();
    }

    private (JsonElement Root, JsonElement Part) Resolve(JsonElement root, string reference)
    {
        var mark = reference.IndexOf('#', StringComparison.Ordinal);
        var file = mark < 0 ? reference : reference[..mark];
        if (file.Length > 0 && !schemas.TryGetValue(file, out root))
            root = schemas.Where(known => known.Key.EndsWith("/" + file.TrimStart('.', '/'), StringComparison.Ordinal)).Select(known => known.Value).FirstOrDefault();
        if (root.ValueKind == JsonValueKind.Undefined)
            throw new ArgumentException($"There is no schema {file}.", nameof(reference));

        var part = root;
        foreach (var step in mark < 0 ? [] : reference[(mark + 1)..].Split('/', StringSplitOptions.RemoveEmptyEntries))
            part = part.GetProperty(step);

        return (root, part);
    }

    private IEnumerable<string> Check(JsonElement root, JsonElement schema, JsonElement json, string at) =>
        schema.ValueKind switch
        {
            JsonValueKind.True => [],
            JsonValueKind.False => [$"{at}: nothing is allowed here"],
            _ => schema.EnumerateObject().Where(rule => !Remarks.Contains(rule.Name)).SelectMany(rule => Apply(root, rule, json, at)),
        };

    private IEnumerable<string> Apply(JsonElement root, JsonProperty rule, JsonElement json, string at) => rule.Name switch
    {
        "$ref" => Follow(root, rule.Value.GetString()!, json, at),
        "type" => Types(rule.Value).Any(type => Is(json, type)) ? [] : [$"{at}: is {json.ValueKind}, not {rule.Value}"],
        "const" => JsonElement.DeepEquals(rule.Value, json) ? [] : [$"{at}: is {json}, not {rule.Value}"],
        "enum" => rule.Value.EnumerateArray().Any(one => JsonElement.DeepEquals(one, json)) ? [] : [$"{at}: {json} is none of {rule.Value}"],
        "pattern" => json.ValueKind != JsonValueKind.String || Regex.IsMatch(json.GetString()!, rule.Value.GetString()!, RegexOptions.ECMAScript) ? [] : [$"{at}: {json} does not match {rule.Value}"],
        "required" => json.ValueKind == JsonValueKind.Object ? rule.Value.EnumerateArray().Where(name => !json.TryGetProperty(name.GetString()!, out _)).Select(name => $"{at}: {name} is missing") : [],
        "properties" => json.ValueKind == JsonValueKind.Object ? rule.Value.EnumerateObject().SelectMany(one => json.TryGetProperty(one.Name, out var value) ? Check(root, one.Value, value, $"{at}/{one.Name}") : []) : [],
        "items" => Items(json).SelectMany((item, index) => Check(root, rule.Value, item, at + "/" + index.ToString(CultureInfo.InvariantCulture))),
        "minItems" => json.ValueKind != JsonValueKind.Array || json.GetArrayLength() >= rule.Value.GetInt32() ? [] : [$"{at}: has fewer than {rule.Value} items"],
        "contains" => json.ValueKind != JsonValueKind.Array || Items(json).Any(item => Fits(root, rule.Value, item)) ? [] : [$"{at}: holds no {rule.Value}"],
        "allOf" => rule.Value.EnumerateArray().SelectMany(one => Check(root, one, json, at)),
        "anyOf" => rule.Value.EnumerateArray().Any(one => Fits(root, one, json)) ? [] : [$"{at}: fits none of {rule.Value}", .. rule.Value.EnumerateArray().SelectMany(one => Check(root, one, json, at))],
        "oneOf" => rule.Value.EnumerateArray().Count(one => Fits(root, one, json)) is var count && count == 1 ? [] : [$"{at}: fits {count} of the alternatives, not one", .. count == 0 ? rule.Value.EnumerateArray().SelectMany(one => Check(root, one, json, at)) : []],
        "not" => Fits(root, rule.Value, json) ? [$"{at}: must not fit {rule.Value}"] : [],
        "additionalProperties" when rule.Value.ValueKind == JsonValueKind.True => [],
        _ => throw new NotSupportedException($"The schema keyword {rule.Name} is not known to this validator."),
    };

    private IEnumerable<string> Follow(JsonElement root, string reference, JsonElement json, string at)
    {
        var (there, part) = Resolve(root, reference);
        return Check(there, part, json, at);
    }

    private bool Fits(JsonElement root, JsonElement schema, JsonElement json) => !Check(root, schema, json, "").Any();

    private static IEnumerable<string> Types(JsonElement type) => type.ValueKind == JsonValueKind.String ? [type.GetString()!] : type.EnumerateArray().Select(one => one.GetString()!);

    private static List<JsonElement> Items(JsonElement json) => json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray()] : [];

    private static bool Is(JsonElement json, string type) => type switch
    {
        "object" => json.ValueKind == JsonValueKind.Object,
        "array" => json.ValueKind == JsonValueKind.Array,
        "string" => json.ValueKind == JsonValueKind.String,
        "boolean" => json.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => json.ValueKind == JsonValueKind.Null,
        "number" => json.ValueKind == JsonValueKind.Number,
        "integer" => json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out _),
        _ => throw new NotSupportedException($"The type {type} is not known to this validator."),
    };
}
