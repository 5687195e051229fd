using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Connector.Policies;

/// <summary>What an ODRL policy is, legally.</summary>
public enum PolicyKind
{
    /// <summary>Rules alone, of nobody and for nobody.</summary>
    Set,

    /// <summary>What an assigner offers to whoever meets it.</summary>
    Offer,

    /// <summary>What an assigner and an assignee have agreed.</summary>
    Agreement,
}

/// <summary>A whole ODRL policy: its rules, and what they are about (ODRL 2.2, section 2.1; DSP 2025-1, <c>contract-schema.json</c>).</summary>
/// <param name="Id">Its <c>@id</c>.</param>
/// <param name="Target">The dataset; null when the rules stand where their dataset is named.</param>
/// <param name="Assigner">The provider; null when it is not named.</param>
/// <param name="Assignee">The consumer; null when it is not named.</param>
/// <param name="Timestamp">When it was drawn up; null when it does not say.</param>
public sealed record OdrlDocument(PolicyKind Kind, string Id, string? Target, string? Assigner, string? Assignee, DateTimeOffset? Timestamp, Policy Rules)
{
    private const int MaxDepth = 64;

    private static readonly string[] s_named = ["@id", "target", "assigner", "assignee"];

    /// <summary>The document as one JSON object, members in the order of the standard's examples.</summary>
    /// <param name="vocabulary">The words that the rules were read by; the built-in ones when null.</param>
    public string ToJson(Vocabulary? vocabulary = null)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("@id", Id);
            writer.WriteString("@type", Kind.ToString());
            Write(writer, "target", Target);
            Write(writer, "assigner", Assigner);
            Write(writer, "assignee", Assignee);
            Write(writer, "timestamp", Timestamp?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture));
            new OdrlWriter(writer, vocabulary ?? Vocabulary.BuiltIn).Rules(Rules);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads a document.</summary>
    /// <param name="document">The document; not to be used when there are faults.</param>
    /// <param name="faults">All that is wrong, when something is.</param>
    /// <param name="vocabulary">The words it may use; the built-in ones when null.</param>
    /// <returns>Whether nothing is wrong.</returns>
    public static bool TryRead(string json, out OdrlDocument? document, out ImmutableArray<Fault> faults, Vocabulary? vocabulary = null)
    {
        document = null;
        try
        {
            using var parsed = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            OdrlJson.TryRead(parsed.RootElement, out var rules, out var wrong, vocabulary);
            var found = new List<Fault>(wrong);
            if (parsed.RootElement.ValueKind == JsonValueKind.Object)
            {
                document = Read(parsed.RootElement, rules, found);
            }

            faults = [.. found];
        }
        catch (JsonException e)
        {
            faults = [new Fault(null, 0, 0, "", $"is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}", "look at the quotes, commas and brackets there")];
        }

        return faults.IsEmpty;
    }

    private static OdrlDocument Read(JsonElement root, Policy rules, List<Fault> faults)
    {
        var type = Text(root, "@type", faults) ?? "";
        var bare = type[(type.LastIndexOfAny(['/', ':']) + 1)..];
        var kind = Enum.GetValues<PolicyKind>().FirstOrDefault(k => k.ToString() == bare, (PolicyKind)(-1));
        if (!Enum.IsDefined(kind))
        {
            faults.Add(new Fault(null, 0, 0, "@type", type.Length == 0 ? "is missing" : $"'{type}' is not known", "write Offer, Agreement or Set"));
        }

        var document = new OdrlDocument(kind, Text(root, "@id", faults) ?? "", Text(root, "target", faults), Text(root, "assigner", faults), Text(root, "assignee", faults), Instant(root, faults), rules);
        string?[] required = kind == PolicyKind.Agreement ? [document.Id, document.Target, document.Assigner, document.Assignee] : [document.Id];
        foreach (var (name, value) in s_named.Zip(required))
        {
            if (string.IsNullOrEmpty(value))
            {
                faults.Add(new Fault(null, 0, 0, name, "is missing", $"every {bare} has it"));
            }
        }

        return document;
    }

    private static DateTimeOffset? Instant(JsonElement root, List<Fault> faults)
    {
        if (Text(root, "timestamp", faults) is not { } text)
        {
            return null;
        }

        if (Spans.TryInstant(text, out var instant))
        {
            return instant;
        }

        faults.Add(new Fault(null, 0, 0, "timestamp", $"'{text}' is no instant with an offset", "write it as 2029-04-01T00:00:00+09:00"));
        return null;
    }

    private static string? Text(JsonElement root, string name, List<Fault> faults)
    {
        if (!root.TryGetProperty(name, out var found))
        {
            return null;
        }

        var json = found.ValueKind == JsonValueKind.Object && found.TryGetProperty("@id", out var id) ? id : found;
        if (OdrlReader.String(json) is { } text)
        {
            return text;
        }

        faults.Add(new Fault(null, 0, 0, name, $"is {json.ValueKind}, not a text", "write one text"));
        return null;
    }

    private static void Write(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
