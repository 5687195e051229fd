using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Connector.Trust.Canonical;

/// <summary>
/// Canonical JSON (RFC 8785): members sorted by UTF-16 code units, ECMAScript numbers, minimal escapes, no white space, UTF-8.
/// Two texts with the same meaning have the same bytes, so that a signature over them survives any JSON library.
/// </summary>
/// <remarks>
/// Stricter than the RFC in one place: an integer that a double cannot hold (such as 9007199254740993) is refused rather than
/// rounded, for else two different contents would share one signature.
/// </remarks>
public static class Jcs
{
    /// <summary>Deepest nesting of arrays and objects.</summary>
    public const int MaximumDepth = 64;

    /// <summary>Longest text, in UTF-16 units.</summary>
    public const int MaximumLength = 4 * 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaximumDepth, AllowDuplicateProperties = false };

    /// <summary>The canonical UTF-8 form of a JSON text.</summary>
    /// <exception cref="FormatException">Not JSON, a member given twice, too deep, too long, a lone surrogate, or a number out of range; the message says which.</exception>
    public static byte[] Canonicalize(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json.Length > MaximumLength)
            throw new FormatException($"the JSON text has {json.Length} characters; at most {MaximumLength} can be signed");
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            var output = new ArrayBufferWriter<byte>(json.Length);
            Write(document.RootElement, output);
            return output.WrittenSpan.ToArray();
        }
        catch (JsonException fault)
        {
            throw new FormatException($"not canonicalizable JSON: {fault.Message}", fault);
        }
        catch (InvalidOperationException fault)
        {
            // The reader tells of a lone surrogate in this way only when the text is taken out.
            throw new FormatException("a string holds a lone surrogate, which has no UTF-8 form (RFC 8785 §3.2.2.2)", fault);
        }
    }

    private static void Write(JsonElement element, ArrayBufferWriter<byte> output)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(element, output);
                break;
            case JsonValueKind.Array:
                WriteArray(element, output);
                break;
            case JsonValueKind.String:
                JcsString.Write(element.GetString()!, output);
                break;
            case JsonValueKind.Number:
                output.Write(Encoding.ASCII.GetBytes(JcsNumber.Format(element.GetRawText())));
                break;
            default:
                output.Write(Encoding.ASCII.GetBytes(element.GetRawText()));
                break;
        }
    }

    private static void WriteObject(JsonElement element, ArrayBufferWriter<byte> output)
    {
        var members = new List<JsonProperty>(element.EnumerateObject());
        members.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        output.Write("{"u8);
        for (var i = 0; i < members.Count; i++)
        {
            if (i > 0)
                output.Write(","u8);
            JcsString.Write(members[i].Name, output);
            output.Write(":"u8);
            Write(members[i].Value, output);
        }

        output.Write("}"u8);
    }

    private static void WriteArray(JsonElement element, ArrayBufferWriter<byte> output)
    {
        output.Write("["u8);
        var first = true;
        foreach (var item in element.EnumerateArray())
        {
            if (!first)
                output.Write(","u8);
            first = false;
            Write(item, output);
        }

        output.Write("]"u8);
    }
}
