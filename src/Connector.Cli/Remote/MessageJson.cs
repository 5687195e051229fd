using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Connector.Cli.Remote;

/// <summary>
/// Shows the API's messages as JSON for programs: names in camelCase, numbers as numbers, times as ISO 8601, what is empty left out, and
/// texts that hold JSON as the JSON they hold.
/// </summary>
internal static class MessageJson
{
    /// <summary>Fields whose text is itself JSON.</summary>
    private static readonly HashSet<string> s_json = ["terms", "policy", "json", "receipt", "payload", "explanation", "verdict"];

    public static JsonObject Of(IMessage message)
    {
        var members = new JsonObject();
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            if (field.HasPresence && !field.Accessor.HasValue(message))
            {
                continue;
            }

            if (Value(field, field.Accessor.GetValue(message)) is { } value)
            {
                members[field.JsonName] = value;
            }
        }

        return members;
    }

    public static JsonArray Of(IEnumerable<IMessage> messages) => new([.. messages.Select(Of)]);

    private static JsonNode? Value(FieldDescriptor field, object? value) => value switch
    {
        null or "" => null,
        IDictionary map => map.Count == 0 ? null : Map(map),
        IList items => items.Count == 0 ? null : new JsonArray([.. items.Cast<object>().Select(item => Value(field, item))]),
        Timestamp time => time.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.fffK", System.Globalization.CultureInfo.InvariantCulture),
        IMessage message => Of(message),
        string text when s_json.Contains(field.Name) => Parsed(text),
        string text => text,
        bool flag => flag,
        int number => number,
        long number => number,
        double number => number,
        _ => value.ToString(),
    };

    private static JsonObject Map(IDictionary map)
    {
        var members = new JsonObject();
        foreach (DictionaryEntry entry in map)
        {
            members[entry.Key.ToString()!] = entry.Value switch
            {
                int number => number,
                _ => entry.Value?.ToString(),
            };
        }

        return members;
    }

    private static JsonNode? Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
