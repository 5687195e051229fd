using System.Globalization;
using Connector.ControlPlane;
using Connector.Trust.Signing;

namespace Connector.Trust.Tokens;

/// <summary>Decodes compact JWTs strictly, before anything of them is believed.</summary>
internal static class TokenReader
{
    /// <summary>Stands between a token that says <c>reuse</c> and the number of the call; part of no JWT, and allowed in bearer tokens (RFC 6750 §2.1).</summary>
    public const char CallMark = '~';

    public static Result<ReceivedToken> Read(string? text, int maximumLength)
    {
        if (string.IsNullOrEmpty(text))
            return TokenRefusals.Missing();
        if (text.Length > maximumLength)
            return TokenRefusals.TooLarge(text.Length, maximumLength);
        long? call = null;
        if (text.IndexOf(CallMark, StringComparison.Ordinal) is >= 0 and var mark)
        {
            if (!long.TryParse(text.AsSpan(mark + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return TokenRefusals.Malformed($"what follows '{CallMark}' is not the number of a call");
            (text, call) = (text[..mark], number);
        }

        var headerEnd = text.IndexOf('.', StringComparison.Ordinal);
        var payloadEnd = headerEnd < 0 ? -1 : text.IndexOf('.', headerEnd + 1);
        if (payloadEnd < 0 || text.IndexOf('.', payloadEnd + 1) >= 0)
            return TokenRefusals.Malformed("it does not have three parts separated by dots");
        if (CompactParts.Decode(text.AsSpan(0, headerEnd)) is not { } headerBytes)
            return TokenRefusals.Malformed("its header is not base64url");
        if (JoseHeader.Read(headerBytes, out var fault) is not { } header)
            return TokenRefusals.Malformed(fault!);
        if (header.Algorithm!.Equals("none", StringComparison.OrdinalIgnoreCase))
            return TokenRefusals.Unsigned();
        var signature = CompactParts.Decode(text.AsSpan(payloadEnd + 1));
        if (signature is null)
            return TokenRefusals.Malformed("its signature is not base64url");
        if (signature.Length == 0)
            return TokenRefusals.Unsigned();
        if (CompactParts.Decode(text.AsSpan(headerEnd + 1, payloadEnd - headerEnd - 1)) is not { } payload)
            return TokenRefusals.Malformed("its payload is not base64url");
        var token = new ReceivedToken
        {
            Text = text,
            Call = call,
            Algorithm = header.Algorithm,
            KeyId = header.KeyId,
            Type = header.Type,
            SignedLength = payloadEnd,
            Signature = signature,
            Payload = payload,
        };
        if (PayloadReader.Read(payload, token) is { } wrong)
            return TokenRefusals.Malformed(wrong);
        return call is not null && !token.Reuse ? TokenRefusals.Malformed("it has the number of a call, and does not say 'reuse'") : token;
    }
}
