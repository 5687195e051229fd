using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Connector.ControlPlane;
using Connector.Trust.Keys;

namespace Connector.Trust.Tokens;

/// <summary>
/// Tokens that this connector issues about itself, for peers that pinned its keys: an ES256 JWT with <c>iss</c> = <c>sub</c> = own DID,
/// <c>aud</c> = the peer's, a lifetime of seconds and a <c>jti</c> of its own. One that is bound to the certificate presented on the connection
/// (RFC 8705) serves all calls to its audience for half of its life, and says so by <c>reuse</c>, since nobody else can use it: each call sends it
/// with a number of its own after <c>~</c>. Any other serves one call.
/// </summary>
/// <param name="presented">base64url SHA-256 of the certificate that this connector presents as a TLS client, or null; asked at each call.</param>
public sealed class SelfIssuedTokens(KeyRing keys, IIds ids, TimeProvider time, TokenOptions options, Func<string?> presented)
{
    private static readonly ConditionalWeakTable<SigningKey, string> Headers = [];

    // By audience, so never more than there are peers.
    private readonly ConcurrentDictionary<string, Bound> _bound = new(StringComparer.Ordinal);

    /// <param name="accessToken">What the claim <c>token</c> says; null for none.</param>
    public string For(string audience, string? accessToken = null)
    {
        var key = keys.Current;
        var certificate = presented();
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        if (accessToken is not null || certificate is null)
            return Sign(key, Payload(audience, now, certificate, accessToken, reuse: false));
        if (_bound.TryGetValue(audience, out var bound) && bound.Fits(key, certificate, now))
            return bound.ForNextCall();
        bound = new Bound(Sign(key, Payload(audience, now, certificate, null, reuse: true)), key, certificate, now, now + ((long)options.Lifetime.TotalSeconds / 2));
        _bound[audience] = bound;
        return bound.ForNextCall();
    }

    private static string Sign(SigningKey key, ReadOnlySpan<byte> payload)
    {
        var header = Headers.GetValue(key, static key => Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes($$"""{"alg":"ES256","kid":"{{JsonEncodedText.Encode(key.Id)}}","typ":"JWT"}""")));
        var length = header.Length + 1 + Base64Url.GetEncodedLength(payload.Length);
        var total = length + 1 + Base64Url.GetEncodedLength(VerificationKey.SignatureLength);
        var token = ArrayPool<byte>.Shared.Rent(total);
        try
        {
            Encoding.ASCII.GetBytes(header, token);
            token[header.Length] = (byte)'.';
            Base64Url.EncodeToUtf8(payload, token.AsSpan(header.Length + 1));
            var signature = key.Sign(token.AsSpan(0, length));
            token[length] = (byte)'.';
            Base64Url.EncodeToUtf8(signature, token.AsSpan(length + 1));
            return Encoding.ASCII.GetString(token, 0, total);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(token);
        }
    }

    private ReadOnlySpan<byte> Payload(string audience, long now, string? certificate, string? accessToken, bool reuse)
    {
        var output = new ArrayBufferWriter<byte>(512 + (accessToken?.Length ?? 0));
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("iss"u8, keys.ParticipantId);
        json.WriteString("sub"u8, keys.ParticipantId);
        json.WriteString("aud"u8, audience);
        json.WriteNumber("iat"u8, now);
        json.WriteNumber("nbf"u8, now);
        json.WriteNumber("exp"u8, now + (long)options.Lifetime.TotalSeconds);
        json.WriteString("jti"u8, ids.NewId());
        if (reuse)
            json.WriteBoolean("reuse"u8, true);
        if (accessToken is not null)
            json.WriteString("token"u8, accessToken);
        if (certificate is not null)
        {
            json.WriteStartObject("cnf"u8);
            json.WriteString("x5t#S256"u8, certificate);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan;
    }

    private sealed class Bound(string token, SigningKey signedBy, string boundTo, long from, long until)
    {
        private long _calls;

        // A clock that was set back must not keep a token that is not valid yet.
        public bool Fits(SigningKey key, string certificate, long now) =>
            ReferenceEquals(signedBy, key) && boundTo == certificate && now >= from && now < until;

        public string ForNextCall() => string.Create(CultureInfo.InvariantCulture, $"{token}{TokenReader.CallMark}{Interlocked.Increment(ref _calls)}");
    }
}
