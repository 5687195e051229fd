using Connector.ControlPlane;
using Connector.Trust.Signing;

namespace Connector.Trust.Tokens;

/// <summary>Decodes compact JWTs strictly, before anything of them is believed.</summary>
internal static class TokenReader
{
    public static Result<ReceivedToken> Read(string? text, int maximumLength)
    {
        if (string.IsNullOrEmpty(text))
            return TokenRefusals.Missing();
        if (text.Length > maximumLength)
            return TokenRefusals.TooLarge(text.Length, maximumLength);
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
            Algorithm = header.Algorithm,
            KeyId = header.KeyId,
            Type = header.Type,
            SignedLength = payloadEnd,
            Signature = signature,
            Payload = payload,
        };
        return PayloadReader.Read(payload, token) is { } wrong ? TokenRefusals.Malformed(wrong) : token;
    }
}
