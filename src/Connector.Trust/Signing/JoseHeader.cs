using System.Text.Json;

namespace Connector.Trust.Signing;

/// <summary>What is read of a JOSE header (RFC 7515 §4). Keys or addresses of keys that it may carry are never used.</summary>
internal readonly record struct JoseHeader(string? Algorithm, string? KeyId, string? Type)
{
    private const int MaximumDepth = 8;

    internal static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaximumDepth };

    /// <summary>Reads a header; null with a fault in plain words when it is not one that can be honoured.</summary>
    public static JoseHeader? Read(ReadOnlySpan<byte> utf8, out string? fault)
    {
        fault = null;
        try
        {
            var header = default(JoseHeader);
            var reader = new Utf8JsonReader(utf8, ReaderOptions);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return Refuse("the header is not a JSON object", out fault);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("crit"u8))
                    return Refuse("the header has 'crit', and no extension is understood here", out fault);
                if (reader.ValueTextEquals("alg"u8))
                    header = header with { Algorithm = Once(header.Algorithm, ref reader) };
                else if (reader.ValueTextEquals("kid"u8))
                    header = header with { KeyId = Once(header.KeyId, ref reader) };
                else if (reader.ValueTextEquals("typ"u8))
                    header = header with { Type = Once(header.Type, ref reader) };
                else
                    reader.Skip();
            }

            if (reader.TokenType != JsonTokenType.EndObject || reader.Read())
                return Refuse("the header is not one JSON object", out fault);
            return header.Algorithm is null ? Refuse("the header has no 'alg'", out fault) : header;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Refuse("the header is not a JSON object with string members, each once", out fault);
        }
    }

    private static string Once(string? before, ref Utf8JsonReader reader)
    {
        reader.Read();
        return before is null && reader.GetString() is { } value ? value : throw new JsonException();
    }

    private static JoseHeader? Refuse(string why, out string? fault)
    {
        fault = why;
        return null;
    }
}
