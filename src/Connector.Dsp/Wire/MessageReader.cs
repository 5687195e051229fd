using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Connector.Dsp.JsonLd;

namespace Connector.Dsp.Wire;

/// <summary>Reads one kind of document: at once when it comes in the standard's own shape, by way of JSON-LD when in another.</summary>
/// <param name="name">Its <c>@type</c>.</param>
/// <param name="type">Its source-generated reader.</param>
/// <param name="convert">Checks the document and makes a message of it.</param>
internal sealed class MessageReader<TDocument, TMessage>(string name, JsonTypeInfo<TDocument> type, Func<TDocument, TMessage> convert)
    where TDocument : DspDocument
{
    /// <exception cref="MalformedException">It cannot be read in either way.</exception>
    public TMessage Read(ReadOnlyMemory<byte> body, DspVersion version)
    {
        var (plain, fault) = (false, default(MalformedException));
        if (version == DspVersion.V2025)
        {
            try
            {
                var document = Deserialize(body) ?? throw new MalformedException("body", "is null", $"send a {name}");
                plain = Shapes.IsPlain(document);
                if (plain)
                {
                    return Convert(document);
                }
            }
            catch (JsonException e)
            {
                fault = JsonFault.Of(e);
            }
            catch (InvalidOperationException)
            {
                // Half of a surrogate pair is no text, though JSON can write it: it shows when the text is taken out.
                fault = new MalformedException("body", "holds half of a character", "write whole characters: \\ud83d is to be followed by its second half");
            }
            catch (MalformedException e) when (!plain || e.IsOfShape)
            {
                fault = e;
            }
        }

        // What is wrong with a document that claims the standard's shape is told in that shape's words.
        try
        {
            return Convert(Shapes.Plain(body, version).Deserialize(type)!);
        }
        catch (Exception e) when (plain && fault is not null && e is JsonException or JsonLdException or MalformedException)
        {
            throw fault!;
        }
        catch (JsonException e)
        {
            throw fault ?? JsonFault.Of(e);
        }
        catch (JsonLdException e)
        {
            throw new MalformedException(e.Where.Trim('/') is { Length: > 0 } where ? where.Replace('/', '.') : "@context", e.Message, "see the message's JSON Schema, and use contexts that the standard knows");
        }
    }

    private TDocument? Deserialize(ReadOnlyMemory<byte> body) => JsonSerializer.Deserialize(body.Span, type);

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
