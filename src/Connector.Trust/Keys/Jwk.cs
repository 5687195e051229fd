using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Connector.Trust.Keys;

/// <summary>Public keys as JSON Web Keys (RFC 7517): EC, P-256, for ES256 signatures.</summary>
public static class Jwk
{
    /// <summary>Longest JWK read, characters.</summary>
    public const int MaximumLength = 4096;

    private const int CoordinateLength = 32;

    /// <summary>The key as JWK text: <c>{"alg","crv","kid","kty","use","x","y"}</c>.</summary>
    public static string Write(VerificationKey key, string keyId) =>
        $$"""{"alg":"ES256","crv":"P-256","kid":"{{JsonEncodedText.Encode(keyId)}}","kty":"EC","use":"sig","x":"{{key.X}}","y":"{{key.Y}}"}""";

    /// <summary>Reads a public key.</summary>
    /// <exception cref="FormatException">Not a JWK, not P-256, meant for something else, or a private key; the message names the member.</exception>
    public static VerificationKey Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json.Length > MaximumLength)
            throw new FormatException($"the JWK has {json.Length} characters; at most {MaximumLength} are read");
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            return Read(document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException) // the latter of half a surrogate pair, when the text is taken out
        {
            throw new FormatException("the JWK is not JSON with each member once: expected an object such as {\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":…,\"y\":…}", fault);
        }
        catch (CryptographicException fault)
        {
            throw new FormatException("x, y: not a point of the curve P-256; copy the key again from its owner", fault);
        }
    }

    private static VerificationKey Read(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object)
            throw new FormatException("the JWK must be a JSON object");
        if (jwk.TryGetProperty("d", out _))
            throw new FormatException("d: this is a private key; give out only the public part, and replace this key, for it has been seen");
        Expect(jwk, "kty", "EC", required: true);
        Expect(jwk, "crv", "P-256", required: true);
        Expect(jwk, "alg", "ES256", required: false);
        Expect(jwk, "use", "sig", required: false);
        var key = new VerificationKey(new ECPoint { X = Coordinate(jwk, "x"), Y = Coordinate(jwk, "y") }, Text(jwk, "kid"));
        key.VerifyHash(stackalloc byte[SHA256.HashSizeInBytes], stackalloc byte[VerificationKey.SignatureLength]);
        return key;
    }

    private static void Expect(JsonElement jwk, string member, string value, bool required)
    {
        var found = Text(jwk, member);
        if (found is null && required)
            throw new FormatException($"{member}: missing; expected \"{value}\"");
        if (found is not null && found != value)
            throw new FormatException($"{member}: found \"{found}\", expected \"{value}\" (only ES256 keys are used)");
    }

    private static byte[] Coordinate(JsonElement jwk, string member)
    {
        var bytes = new byte[CoordinateLength];
        var text = Text(jwk, member) ?? throw new FormatException($"{member}: missing; expected {CoordinateLength} bytes in base64url");
        try
        {
            if (!Base64Url.TryDecodeFromChars(text, bytes, out var length) || length != CoordinateLength)
                throw new FormatException($"{member}: expected {CoordinateLength} bytes in base64url (43 characters), found {text.Length} characters");
        }
        catch (FormatException)
        {
            throw new FormatException($"{member}: expected {CoordinateLength} bytes in base64url (43 characters), found {text.Length} characters");
        }

        return bytes;
    }

    private static string? Text(JsonElement jwk, string member)
    {
        if (!jwk.TryGetProperty(member, out var value))
            return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw new FormatException($"{member}: must be a string");
    }
}
