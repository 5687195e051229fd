using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connector.Policies.Schemas;

/// <summary>Pieces of a JSON Schema (draft 7, which editors of YAML read) for documents as <see cref="Yaml.Fields"/> reads them.</summary>
public static class Schema
{
    private static readonly JsonSerializerOptions s_written = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A whole schema as the text of its file.</summary>
    public static string Write(JsonObject schema) => schema.ToJsonString(s_written) + "\n";

    /// <summary>A schema with its definitions.</summary>
    public static JsonObject Root(string title, JsonObject schema, JsonObject definitions)
    {
        var root = new JsonObject { ["$schema"] = "http://json-schema.org/draft-07/schema#", ["title"] = title };
        foreach (var (key, value) in schema)
        {
            root[key] = value?.DeepClone();
        }

        definitions["text"] = new JsonObject { ["type"] = Array("string", "number", "boolean"), ["minLength"] = 1 };
        root["definitions"] = definitions;
        return root;
    }

    public static JsonObject Ref(string definition) => new() { ["$ref"] = $"#/definitions/{definition}" };

    /// <summary>Says what something is, for editors to show.</summary>
    public static JsonObject Said(this JsonObject schema, string description)
    {
        // What stands beside a reference is not heeded in draft 7.
        var said = schema.ContainsKey("$ref") ? new JsonObject { ["allOf"] = new JsonArray(schema) } : schema;
        said["description"] = description;
        return said;
    }

    /// <summary>A text that is not empty: whatever YAML makes of it, a number or a truth value, it is read as it stands.</summary>
    public static JsonObject Text() => Ref("text");

    /// <summary>A text of this shape (ECMAScript).</summary>
    public static JsonObject Text(string pattern) => new() { ["type"] = "string", ["pattern"] = pattern };

    public static JsonObject Word(params IEnumerable<string> words) => new() { ["enum"] = Array([.. words]) };

    /// <summary>One of the words, suggested, or any other text.</summary>
    public static JsonObject Suggesting(IEnumerable<string> words) => AnyOf(Word(words), Text());

    /// <summary>A list; a single item counts as a list of one, nothing as an empty one.</summary>
    public static JsonObject ListOf(JsonObject item) =>
        AnyOf(new JsonObject { ["type"] = "array", ["items"] = item }, item.DeepClone().AsObject(), new JsonObject { ["type"] = "null" });

    /// <summary>A list that is not empty; a single item counts as a list of one.</summary>
    public static JsonObject SomeOf(JsonObject item) => AnyOf(new JsonObject { ["type"] = "array", ["items"] = item, ["minItems"] = 1 }, item.DeepClone().AsObject());

    public static JsonObject AnyOf(params IEnumerable<JsonObject> choices) => new() { ["anyOf"] = new JsonArray([.. choices]) };

    /// <summary>A mapping of these keys and no others.</summary>
    public static JsonObject Mapping(JsonObject properties, params string[] required)
    {
        var mapping = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (required.Length > 0)
        {
            mapping["required"] = Array(required);
        }

        return mapping;
    }

    /// <summary>A mapping with at least so many of its keys.</summary>
    public static JsonObject Some(JsonObject mapping, int keys = 1)
    {
        mapping["minProperties"] = keys;
        return mapping;
    }

    public static JsonArray Array(params string[] words) => new([.. words.Select(w => (JsonNode)w)]);
}
