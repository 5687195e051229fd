using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Connector.Grpc.Errors;

/// <summary>JSON that travels as text: whether it is JSON at all, before anything deeper reads it.</summary>
internal static class JsonText
{
    /// <summary>Nesting beyond which it is not read.</summary>
    public const int MaxDepth = 32;

    /// <summary>What is wrong with the text; null when it is a JSON object.</summary>
    public static string? Fault(string text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            var reader = new Utf8JsonReader(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)), new JsonReaderOptions { MaxDepth = MaxDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return "is not a JSON object";
            }

            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException e)
        {
            return $"is not JSON of at most {MaxDepth} levels: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}";
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
