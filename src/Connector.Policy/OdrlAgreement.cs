using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Connector.Policies;

/// <summary>An ODRL Agreement as DSP allows it (DSP 2025-1, <c>contract-schema.json</c>, Agreement).</summary>
/// <param name="Id">Its <c>@id</c>.</param>
/// <param name="Target">The dataset.</param>
/// <param name="Assigner">The provider.</param>
/// <param name="Assignee">The consumer.</param>
/// <param name="Timestamp">When it was drawn up, with its offset.</param>
/// <param name="Rules">Its rules (profile, permission, prohibition, obligation) as a JSON object of their own.</param>
public sealed record OdrlAgreement(string Id, string Target, string Assigner, string Assignee, DateTimeOffset Timestamp, string Rules)
{
    private static readonly string[] s_texts = ["@id", "target", "assigner", "assignee", "timestamp"];
    private static readonly string[] s_rules = ["profile", "permission", "prohibition", "obligation"];

    /// <summary>The agreement as one JSON object, members in the order of the standard's examples.</summary>
    /// <exception cref="JsonException">The rules are no JSON object.</exception>
    public static string Write(OdrlAgreement agreement)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("@id", agreement.Id);
            writer.WriteString("@type", "Agreement");
            writer.WriteString("target", agreement.Target);
            writer.WriteString("assigner", agreement.Assigner);
            writer.WriteString("assignee", agreement.Assignee);
            writer.WriteString("timestamp", agreement.Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            using var rules = JsonDocument.Parse(agreement.Rules);
            CopyRules(rules.RootElement, writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads an agreement.</summary>
    /// <param name="fault">What is wrong with it, in words, when it cannot be read.</param>
    public static bool TryRead(string json, [NotNullWhen(true)] out OdrlAgreement? agreement, [NotNullWhen(false)] out string? fault)
    {
        agreement = null;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 32 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                fault = "is not a JSON object";
                return false;
            }

            var missing = s_texts.FirstOrDefault(name => Text(root, name).Length == 0);
            if (missing is not null)
            {
                fault = $"{missing} is missing or no string";
                return false;
            }

            var timestamp = Text(root, "timestamp");
            if (!DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            {
                fault = $"timestamp '{timestamp}' is no xsd:dateTime";
                return false;
            }

            fault = null;
            agreement = new OdrlAgreement(Text(root, "@id"), Text(root, "target"), Text(root, "assigner"), Text(root, "assignee"), at, RulesOf(root));
            return true;
        }
        catch (JsonException e)
        {
            fault = $"is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}";
            return false;
        }
    }

    private static string RulesOf(JsonElement root)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            CopyRules(root, writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void CopyRules(JsonElement from, Utf8JsonWriter writer)
    {
        foreach (var name in s_rules)
        {
            if (from.TryGetProperty(name, out var rule))
            {
                writer.WritePropertyName(name);
                rule.WriteTo(writer);
            }
        }
    }

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString()! : "";
}
