using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Connector.Dsp.Wire;

/// <summary>Reads one kind of message: at once when it comes in the standard's own shape, by way of JSON-LD when in another.</summary>
/// <param name="name">Its <c>@type</c>.</param>
/// <param name="type">Its document.</param>
/// <param name="convert">Checks the document and makes the message of it.</param>
internal sealed class MessageReader<TDocument, TMessage>(string name, JsonTypeInfo<TDocument> type, Func<TDocument, TMessage> convert)
    where TDocument : DspDocument
{
    public TMessage Read(ReadOnlyMemory<byte> body, DspVersion version)
    {
        try
        {
            var document = JsonSerializer.Deserialize(body.Span, type) ?? throw new MalformedException("body", "is null", $"send a {name}");
            return Convert(document);
        }
        catch (JsonException e)
        {
            throw JsonFault.Of(e);
        }
    }

    private TMessage Convert(TDocument document) => document.Type == name
        ? convert(document)
        : throw new MalformedException("@type", document.Type is null ? "is missing" : $"is '{WireChecks.Line(document.Type, "@type", WireChecks.MaxId)}'", $"send a {name} here");
}

/// <summary>What is wrong with JSON, in words.</summary>
internal static class JsonFault
{
    public static MalformedException Of(JsonException e)
    {
        var path = e.Path is { Length: > 2 } named ? named[2..] : "body";
        var at = e.LineNumber is { } line ? FormattableString.Invariant($"line {line + 1}, byte {e.BytePositionInLine + 1}") : "an unknown place";
        var duplicate = e.Message.Contains("uplicate", StringComparison.Ordinal);
        return new MalformedException(path, duplicate ? $"is named twice ({at})" : $"is not what stands there in the standard, or no JSON of at most {DspJson.MaxDepth} levels ({at})", "see the message's JSON Schema");
    }
}
