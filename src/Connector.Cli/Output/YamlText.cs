using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Connector.Cli.Output;

/// <summary>Writes a JSON document as YAML 1.2 block style; what could be read as another type is quoted.</summary>
internal static partial class YamlText
{
    private static readonly JsonSerializerOptions s_text = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonNode? node)
    {
        var text = new StringBuilder();
        switch (node)
        {
            case JsonObject { Count: > 0 } members:
                WriteMembers(text, members, 0);
                break;
            case JsonArray { Count: > 0 } items:
                WriteItems(text, items, 0);
                break;
            default:
                text.Append(Scalar(node)).Append('\n');
                break;
        }

        return text.ToString();
    }

    private static void WriteMembers(StringBuilder text, JsonObject members, int depth, bool firstInline = false)
    {
        var first = firstInline;
        foreach (var (name, value) in members)
        {
            if (!first)
            {
                text.Append(' ', depth);
            }

            first = false;
            text.Append(Quote(name)).Append(':');
            WriteValue(text, value, depth + 2);
        }
    }

    private static void WriteItems(StringBuilder text, JsonArray items, int depth)
    {
        foreach (var item in items)
        {
            text.Append(' ', depth).Append('-');
            if (item is JsonObject { Count: > 0 } members)
            {
                text.Append(' ');
                WriteMembers(text, members, depth + 2, firstInline: true);
            }
            else
            {
                WriteValue(text, item, depth + 2);
            }
        }
    }

    private static void WriteValue(StringBuilder text, JsonNode? value, int depth)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } members:
                text.Append('\n');
                WriteMembers(text, members, depth);
                break;
            case JsonArray { Count: > 0 } items:
                text.Append('\n');
                WriteItems(text, items, depth);
                break;
            default:
                text.Append(' ').Append(Scalar(value)).Append('\n');
                break;
        }
    }

    private static string Scalar(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Quote(value.GetValue<string>()),
        _ => node.ToJsonString(),
    };

    private static string Quote(string text) =>
        Plain().IsMatch(text) && !Reserved().IsMatch(text) ? text : JsonSerializer.Serialize(text, s_text);

    /// <summary>Words and sentences that YAML cannot take for anything but a string.</summary>
    [GeneratedRegex(@"^[\p{L}/_](?:[^\p{C}:#\\]|:(?![\s]|$)|(?<!\s)#)*(?<!\s)$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex(@"^(?:true|false|null|yes|no|on|off|y|n|~)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reserved();
}
