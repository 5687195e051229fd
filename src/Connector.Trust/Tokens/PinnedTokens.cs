using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Connector.ControlPlane;
using Connector.ControlPlane.Participants;
using Connector.Trust.Keys;

namespace Connector.Trust.Tokens;

/// <summary>
/// Validates the self-issued tokens of pinned peers, by the keys of the peer's document: each once, and one that says <c>reuse</c> and is bound to
/// the certificate of the connection it comes on (RFC 8705) once with each number of a call.
/// </summary>
/// <remarks>
/// The order is that of trust: signature, then what the token says, then its binding; a token is marked as used last, so that nobody
/// can use up a token that he could not have used.
/// </remarks>
public sealed class PinnedTokens
{
    /// <summary>The name of this trust domain in peer documents.</summary>
    public const string Domain = "pinned";

    private readonly string _participantId;
    private readonly PeerKeys _keys;
    private readonly TimeProvider _time;
    private readonly TokenOptions _options;
    private readonly UsedTokens _used;
    private readonly long _startedAt;

    // The last token of each pinned peer that serves more than one call, and the key that was seen to have signed it.
    private readonly ConcurrentDictionary<string, (string Text, VerificationKey Key)> _verified = new(StringComparer.Ordinal);

    public PinnedTokens(string participantId, PeerKeys keys, TimeProvider time, TokenOptions options)
    {
        _participantId = participantId;
        _keys = keys;
        _time = time;
        _options = options;
        _used = new UsedTokens(options.ReplayCapacity);
        _startedAt = time.GetUtcNow().ToUnixTimeSeconds();
    }

    internal Result<Peer> Validate(ReceivedToken token, PeerEntry peer, string? certificate)
    {
        if (token.Algorithm != "ES256")
            return TokenRefusals.Algorithm(token.Algorithm, "ES256");
        if (token.Type is not null && !token.Type.Equals("JWT", StringComparison.OrdinalIgnoreCase))
            return TokenRefusals.Type(token.Type);
        if (token.KeyId is null)
            return TokenRefusals.Malformed("its header has no 'kid'");
        if (_keys.Find(peer, token.KeyId) is not { } key)
            return TokenRefusals.KeyUnknown(token.KeyId);
        if (!Verify(token, key, peer))
            return TokenRefusals.Signature();
        if (token.Subject != peer.ParticipantId)
            return TokenRefusals.Subject(token.Subject);
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var refusal = TokenRules.Audience(token, _participantId)
            ?? TokenRules.Times(token, now, Seconds(_options.Skew), Seconds(_options.MaximumLifetime))
            ?? (string.IsNullOrEmpty(token.Id) ? TokenRefusals.WithoutId() : null)
            ?? TokenRules.Binding(token.BoundCertificate, certificate, _options.RequireCertificateBinding)
            ?? OfThisPeer(peer, certificate)
            ?? Once(token, now);
        return refusal is not null
            ? refusal
            : new Peer(peer.ParticipantId, peer.Claims, $"pinned peer document {peer.Name}", DateTimeOffset.FromUnixTimeSeconds(token.Expires!.Value));
    }

    private static long Seconds(TimeSpan span) => (long)span.TotalSeconds;

    private bool Verify(ReceivedToken token, VerificationKey key, PeerEntry peer)
    {
        if (!token.Reuse)
            return IsSigned(token, key);
        if (_verified.TryGetValue(peer.ParticipantId, out var last) && ReferenceEquals(last.Key, key) && last.Text == token.Text)
            return true;
        if (!IsSigned(token, key))
            return false;
        _verified[peer.ParticipantId] = (token.Text, key);
        return true;
    }

    private static bool IsSigned(ReceivedToken token, VerificationKey key)
    {
        var signed = ArrayPool<byte>.Shared.Rent(token.SignedLength);
        try
        {
            Encoding.ASCII.GetBytes(token.Text.AsSpan(0, token.SignedLength), signed);
            return key.Verify(signed.AsSpan(0, token.SignedLength), token.Signature);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(signed);
        }
    }

    private static Refusal? OfThisPeer(PeerEntry peer, string? certificate) =>
        certificate is null || peer.CertificatePins.IsDefaultOrEmpty || peer.CertificatePins.Contains(certificate)
            ? null
            : TokenRefusals.CertificateNotPinned();

    private Refusal? Once(ReceivedToken token, long now)
    {
        if (token.Reuse && token.BoundCertificate is null)
            return TokenRefusals.ReusedUnbound();

        // What was used before a restart is not remembered, so nothing made before it is taken, but for what its holder alone could send again.
        if (token.Call is null && token.IssuedAt < _startedAt)
            return TokenRefusals.BeforeStart();
        return _used.Mark(token.Issuer!, token.Id!, token.Call, token.Expires!.Value + Seconds(_options.Skew), now) switch
        {
            Use.First => null,
            Use.Again => TokenRefusals.Replayed(),
            _ => Full(token.Issuer!, now),
        };
    }

    private Refusal Full(string issuer, long now)
    {
        var (held, freedAt) = _used.Of(issuer, now);
        return TokenRefusals.ReplayFull(held, Math.Max(freedAt - now, 1));
    }
}
