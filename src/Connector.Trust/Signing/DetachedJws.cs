using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Connector.Trust.Canonical;
using Connector.Trust.Keys;

namespace Connector.Trust.Signing;

/// <summary>
/// Detached compact JWS (RFC 7515 appendix F): <c>header..signature</c>, ES256, over the base64url of the content's canonical JSON.
/// The header's <c>typ</c> keeps such a signature from being passed off as a token, and a token's as this.
/// </summary>
internal static class DetachedJws
{
    public const string Type = "jcs+jws";

    /// <summary>Longest JWS read, characters.</summary>
    private const int MaximumLength = 4096;

    private static readonly ConditionalWeakTable<SigningKey, string> Headers = [];

    public static string Sign(string json, SigningKey key)
    {
        var header = Headers.GetValue(key, static key => Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes($$"""{"alg":"ES256","kid":"{{JsonEncodedText.Encode(key.Id)}}","typ":"{{Type}}"}""")));
        var signature = key.Sign(SigningInput(header, json));
        return $"{header}..{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>Null when the JWS is over this JSON by the key that <paramref name="find"/> knows under its <c>kid</c>; else why not.</summary>
    public static string? Verify(string json, string jws, Func<string, VerificationKey?> find)
    {
        if (jws.Length > MaximumLength)
            return $"the signature has {jws.Length} characters; a detached ES256 JWS has at most {MaximumLength}";
        var headerEnd = jws.IndexOf("..", StringComparison.Ordinal);
        if (headerEnd <= 0)
            return "the signature is not a detached compact JWS (header..signature, RFC 7515 appendix F)";
        if (CompactParts.Decode(jws.AsSpan(0, headerEnd)) is not { } headerBytes || CompactParts.Decode(jws.AsSpan(headerEnd + 2)) is not { } signature)
            return "the signature is not in base64url";
        if (JoseHeader.Read(headerBytes, out var fault) is not { } header)
            return fault;
        if (header.Algorithm != "ES256")
            return $"the signature's alg is '{Shown.Of(header.Algorithm)}'; only ES256 is accepted";
        if (header.Type != Type)
            return $"the signature's typ is '{Shown.Of(header.Type)}'; expected {Type}";
        if (header.KeyId is null)
            return "the signature's header has no 'kid', so its key cannot be found";
        if (find(header.KeyId) is not { } key)
            return $"the key '{Shown.Of(header.KeyId)}' is not one of the signer's known keys";
        try
        {
            return key.Verify(SigningInput(jws[..headerEnd], json), signature)
                ? null
                : "the signature does not fit the content: it was changed after signing, or signed with another key";
        }
        catch (FormatException notCanonical)
        {
            return notCanonical.Message;
        }
    }

    private static byte[] SigningInput(string header, string json)
    {
        var content = Jcs.Canonicalize(json);
        var input = new byte[header.Length + 1 + Base64Url.GetEncodedLength(content.Length)];
        Encoding.ASCII.GetBytes(header, input);
        input[header.Length] = (byte)'.';
        Base64Url.EncodeToUtf8(content, input.AsSpan(header.Length + 1));
        return input;
    }
}
