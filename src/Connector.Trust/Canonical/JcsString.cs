using System.Buffers;
using System.Text;

namespace Connector.Trust.Canonical;

/// <summary>Strings of canonical JSON (RFC 8785 §3.2.2.2): only the quote, the backslash and control characters are escaped.</summary>
internal static class JcsString
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(static c => (char)c), '"', '\\']);

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    public static void Write(string text, ArrayBufferWriter<byte> output)
    {
        output.Write("\""u8);
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var next = rest.IndexOfAny(Escaped);
            var plain = next < 0 ? rest : rest[..next];
            WritePlain(plain, output);
            if (next < 0)
                break;
            WriteEscape(rest[next], output);
            rest = rest[(next + 1)..];
        }

        output.Write("\""u8);
    }

    private static void WritePlain(ReadOnlySpan<char> text, ArrayBufferWriter<byte> output)
    {
        try
        {
            output.Advance(Utf8.GetBytes(text, output.GetSpan(Utf8.GetMaxByteCount(text.Length))));
        }
        catch (EncoderFallbackException fault)
        {
            throw new FormatException("a string holds a lone surrogate, which has no UTF-8 form (RFC 8785 §3.2.2.2)", fault);
        }
    }

    private static void WriteEscape(char c, ArrayBufferWriter<byte> output)
    {
        switch (c)
        {
            case '"': output.Write("\\\""u8); break;
            case '\\': output.Write("\\\\"u8); break;
            case '\b': output.Write("\\b"u8); break;
            case '\t': output.Write("\\t"u8); break;
            case '\n': output.Write("\\n"u8); break;
            case '\f': output.Write("\\f"u8); break;
            case '\r': output.Write("\\r"u8); break;
            default: output.Write(Encoding.ASCII.GetBytes($"\\u{(int)c:x4}")); break;
        }
    }
}
