using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Connector.Policies;

/// <summary>A policy document as an ODRL Set in JSON-LD: its rules, and its name and titles beside them. Reads back as the same document.</summary>
public static class PolicyJson
{
    private const string Context = "https://w3id.org/dspace/2025/1/context.jsonld";
    private const string Prefix = "urn:policy:";
    private const string Title = "http://purl.org/dc/terms/title";
    private const int MaxDepth = 64;

    /// <summary>More than somebody will read.</summary>
    private const int MaxFaults = 200;

    private static readonly JsonWriterOptions s_written = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(PolicyDocument document)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, s_written))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("@context");
            writer.WriteStringValue(Context);
            writer.WriteEndArray();
            writer.WriteString("@id", Prefix + document.Name);
            writer.WriteString("@type", nameof(PolicyKind.Set));
            if (!document.Title.IsEmpty)
            {
                WriteTitle(writer, document.Title);
            }

            new OdrlWriter(writer, document.Vocabulary).Rules(document.Policy);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads a Set, Offer or Agreement as the policy document that states its rules; what else it says, whom and what it is about, belongs to other documents.</summary>
    /// <param name="name">What the document is called when its <c>@id</c> says nothing that can be a name.</param>
    /// <param name="faults">The first of what is wrong, each with its line and column, when something is: the document is then not to be used.</param>
    public static PolicyDocument Read(string json, string name, Vocabulary vocabulary, out ImmutableArray<Fault> faults)
    {
        try
        {
            using var parsed = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            if (OdrlJson.TryRead(parsed.RootElement, out var policy, out faults, vocabulary))
            {
                return new PolicyDocument(NameOf(parsed.RootElement) ?? name, ReadTitle(parsed.RootElement), policy) { Vocabulary = vocabulary };
            }

            faults = JsonPlaces.Locate(json, faults.Take(MaxFaults));
        }
        catch (JsonException e)
        {
            faults = [new Fault(null, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1, "", "is not JSON", "look at the quotes, commas and brackets there")];
        }

        return new PolicyDocument(name, ImmutableSortedDictionary<string, string>.Empty, new Policy());
    }

    private static void WriteTitle(Utf8JsonWriter writer, ImmutableSortedDictionary<string, string> titles)
    {
        writer.WriteStartArray(Title);
        foreach (var (language, title) in titles)
        {
            writer.WriteStartObject();
            writer.WriteString("@value", title);
            writer.WriteString("@language", language);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static ImmutableSortedDictionary<string, string> ReadTitle(JsonElement root)
    {
        var titles = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty(Title, out var list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var title in list.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.Object))
            {
                if (title.TryGetProperty("@language", out var language) && title.TryGetProperty("@value", out var value)
                    && OdrlReader.String(language) is { Length: > 0 } key && OdrlReader.String(value) is { Length: > 0 } text)
                {
                    titles[key] = text;
                }
            }
        }

        return titles.ToImmutable();
    }

    private static string? NameOf(JsonElement root)
    {
        var id = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("@id", out var found) ? OdrlReader.String(found) : null;
        var last = id?[(id.LastIndexOfAny(['/', ':', '#']) + 1)..];
        return last is not null && Yaml.Fields.IsName(last) ? last : null;
    }
}
