using Connector.ControlPlane;
using Connector.Trust.Signing;

namespace Connector.Trust.Tokens;

/// <summary>Every reason for which a token is refused, each with its own code, in words for the engineer on the other side.</summary>
internal static class TokenRefusals
{
    public static Refusal Missing() =>
        Refuse("token-missing", "the call carries no token", "send metadata 'authorization: Bearer <token>'");

    public static Refusal TooLarge(int length, int maximum) =>
        Refuse("token-too-large", $"the token has {length} characters; at most {maximum} are read", "leave out claims that are not needed");

    public static Refusal Malformed(string why) =>
        Refuse("token-malformed", $"the token cannot be read: {why}", "send a compact signed JWT (RFC 7519)");

    /// <param name="fault">What is wrong with it, as it goes on after its name.</param>
    public static Refusal Claim(string name, string fault) =>
        Refuse("token-malformed", $"the token's claim '{name}' {fault}", "have the issuer give it as one text, or as a list of texts");

    public static Refusal Unsigned() =>
        Refuse("token-unsigned", "the token is not signed", "sign it; 'alg':'none' is never accepted");

    public static Refusal Algorithm(string algorithm, string accepted) =>
        Refuse("token-algorithm", $"the token's alg is '{Shown.Of(algorithm)}'", $"sign with {accepted}");

    public static Refusal Type(string? type) =>
        Refuse("token-type", $"the token's typ is '{Shown.Of(type)}'", "use typ 'JWT' for tokens of calls");

    public static Refusal KeyUnknown(string keyId) =>
        Refuse("token-signature", $"the token is signed with key '{Shown.Of(keyId)}', which is not known to be the issuer's", "have the receiving operator apply your newest public keys, or sign with a key it knows");

    public static Refusal Signature() =>
        Refuse("token-signature", "the token's signature does not fit its content and key", "sign header.payload with the private key of the 'kid' that the header names");

    public static Refusal IssuerUnknown(string? issuer) =>
        Refuse("token-issuer-unknown", $"the token's issuer '{Shown.Of(issuer)}' is not trusted here", "have the receiving operator apply a Peer document for you, or use a trust domain that it has configured");

    public static Refusal OtherDomain(string participantId) =>
        Refuse("token-issuer-unknown", $"this issuer does not vouch for '{Shown.Of(participantId)}' here", "use the trust domain that the receiving operator's Peer document names for you");

    public static Refusal Subject(string? subject) =>
        Refuse("token-subject", $"the token's sub '{Shown.Of(subject)}' does not name the participant", "put the participant's own id there");

    public static Refusal Audience(string expected) =>
        Refuse("token-audience", "the token is meant for somebody else", $"put '{expected}' into 'aud'");

    public static Refusal Expired(long expires, long now) =>
        Refuse("token-expired", $"the token expired {now - expires} s ago", "make a new token for each call; if it was new, set your clock right");

    public static Refusal NotYetValid(long from, long now) =>
        Refuse("token-not-yet-valid", $"the token is valid only in {from - now} s", "set your clock right");

    public static Refusal Lifetime(long lifetime, long maximum) =>
        Refuse("token-lifetime", $"the token lives {lifetime} s; at most {maximum} s are accepted", "make short-lived tokens, one for each call");

    public static Refusal Replayed() =>
        Refuse("token-replayed", "the token's jti was used before", "make a new token, with a new jti, for each call");

    public static Refusal BeforeStart() =>
        new(RefusalKind.Unavailable, "token-before-start", "the token is older than this connector's start, so it cannot be told whether it was used before", null, "call again with a new token");

    public static Refusal WithoutId() =>
        Refuse("token-without-jti", "the token has no jti", "give each token a jti that was never used");

    public static Refusal ReusedUnbound() =>
        Refuse("token-binding", "the token says 'reuse' and is not bound to a TLS client certificate, so anybody could use it again", "leave 'reuse' out, or bind it with 'cnf':{'x5t#S256':…} (RFC 8705)");

    public static Refusal NotBound() =>
        Refuse("token-binding", "the token is not bound to the TLS client certificate", "put 'cnf':{'x5t#S256':…} into the token, the SHA-256 of the certificate that the connection presents (RFC 8705)");

    public static Refusal BoundElsewhere(bool presented) =>
        Refuse("token-binding", presented ? "the token is bound to another TLS client certificate" : "the token is bound to a TLS client certificate, and the connection presents none", "present on the connection the certificate that the token's cnf names (RFC 8705)");

    public static Refusal CertificateNotPinned() =>
        Refuse("token-binding", "the connection's TLS client certificate is not one of those that the Peer document allows", "have the receiving operator apply your newest certificate pin");

    /// <param name="held">How many tokens of the caller are remembered.</param>
    /// <param name="seconds">Until the first of them are forgotten.</param>
    public static Refusal ReplayFull(int held, long seconds) =>
        new(RefusalKind.Unavailable, "token-replay-full", $"{held} of your tokens are remembered, which is your share, and none may be forgotten while it lives", null, $"call again in {seconds} s, and make fewer tokens: one bound to your TLS certificate that says 'reuse' serves 64 calls in a row for the price of one")
        {
            RetryAfter = TimeSpan.FromSeconds(seconds),
        };

    private static Refusal Refuse(string code, string message, string mend) =>
        new(RefusalKind.Unauthenticated, code, message, null, mend);
}
