using System.Buffers;
using System.Buffers.Text;

namespace Connector.Trust.Signing;

/// <summary>Strict base64url of the compact serialization (RFC 7515 §2): no padding, no white space, no other letters.</summary>
internal static class CompactParts
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The bytes, or null when the text is not base64url.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.Length % 4 == 1 || text.ContainsAnyExcept(Alphabet))
            return null;
        var bytes = new byte[text.Length * 3 / 4];
        return TryDecode(text, bytes, out var length) && length == bytes.Length ? bytes : null;
    }

    private static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes, out int length)
    {
        try
        {
            return Base64Url.TryDecodeFromChars(text, bytes, out length);
        }
        catch (FormatException)
        {
            length = 0;
            return false;
        }
    }
}
