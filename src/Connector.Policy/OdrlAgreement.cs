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
    /// <param name="fault">What is wrong with it, with its line and column, when it cannot be read.</param>
    public static bool TryRead(string json, [NotNullWhen(true)] out OdrlAgreement? agreement, [NotNullWhen(false)] out Fault? fault)
    {
        agreement = null;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 32 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return Wrong("", "is not a JSON object", "send one", out fault);
            }

            var missing = s_texts.FirstOrDefault(name => Text(root, name).Length == 0);
            if (missing is not null)
            {
                return Wrong(missing, "is missing or no string", "every Agreement has it", out fault);
            }

            var timestamp = Text(root, "timestamp");
            if (!DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            {
                return Wrong("timestamp", $"'{Yaml.Fields.Shown(timestamp)}' is no xsd:dateTime", "write it as 2029-04-01T00:00:00+09:00", out fault);
            }

            fault = null;
            agreement = new OdrlAgreement(Text(root, "@id"), Text(root, "target"), Text(root, "assigner"), Text(root, "assignee"), at, RulesOf(root));
            return true;
        }
        catch (JsonException e)
        {
            fault = new Fault(null, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1, "", "is not JSON", "look at the quotes, commas and brackets there");
            return false;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is no text, though JSON can write it.
            fault = new Fault(null, 0, 0, "", "holds half of a character", "write whole characters: \\ud83d is to be followed by its second half");
            return false;
        }

        bool Wrong(string path, string message, string mend, out Fault fault)
        {
            fault = JsonPlaces.Locate(json, [new Fault(null, 0, 0, path, message, mend)])[0];
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
