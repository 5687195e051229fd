using System.Globalization;
using System.Text;

namespace Connector.Policies.Yaml;

/// <summary>The bytes of a file as the text that they encode: UTF-8 (YAML 1.2, section 5.2), with or without a byte order mark, of bounded length.</summary>
public static class YamlBytes
{
    /// <summary>More bytes than this are not read.</summary>
    public const int MaxLength = 1024 * 1024;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a stream; null when it is no text or too long, which is noted with the place.</summary>
    /// <param name="file">What faults call it.</param>
    public static string? Read(Stream stream, string? file, ICollection<Fault> faults)
    {
        var bytes = new byte[(stream.CanSeek ? Math.Min(stream.Length, MaxLength) : MaxLength) + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var content = bytes.AsSpan(0, length);
        var text = content.StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content;
        if (length > MaxLength)
        {
            return At(text[..^1], "the file goes on past " + MaxLength.ToString(CultureInfo.InvariantCulture) + " bytes", "split it; data belongs in a file that a Dataset names");
        }

        try
        {
            return s_strict.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            var right = ValidLength(text);
            return At(text[..right], string.Create(CultureInfo.InvariantCulture, $"byte 0x{text[right]:X2} is not UTF-8"), "save the file as UTF-8");
        }

        string? At(ReadOnlySpan<byte> before, string message, string mend)
        {
            var line = before.Count((byte)'\n') + 1;
            var start = before.LastIndexOf((byte)'\n') + 1;
            faults.Add(new Fault(file, line, Encoding.UTF8.GetCharCount(before[start..]) + 1, "", message, mend));
            return null;
        }
    }

    // Whole characters only, and none of them invalid.
    private static int ValidLength(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (Rune.DecodeFromUtf8(text[length..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            length += consumed;
        }

        return length;
    }
}
