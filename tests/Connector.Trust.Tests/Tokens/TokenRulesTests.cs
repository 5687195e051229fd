using Connector.ControlPlane;
using Connector.Trust.Tokens;

namespace Connector.Trust.Tests.Tokens;

/// <summary>The times, audience and binding of a token, to the second, and what the peer's engineer is told.</summary>
public sealed class TokenRulesTests
{
    private const long Now = 2_000_000_000;

    [Fact]
    public void A_token_must_say_when_it_ends() =>
        Said(Times(null), "token-malformed", "'exp'");

    [Fact]
    public void A_token_must_say_when_it_was_made_where_its_life_is_bounded()
    {
        Said(Times(Now + 60), "token-malformed", "'iat'");
        Assert.Null(Times(Now + 60, maximum: null));
    }

    [Fact]
    public void A_token_has_expired_at_its_exp_and_the_skew()
    {
        Assert.Null(Times(Now - 29, issued: Now - 60));
        Said(Times(Now - 30, issued: Now - 60), "token-expired", "30 s ago");
    }

    [Theory]
    [InlineData(Now + 30, null)]
    [InlineData(null, Now + 30)]
    [InlineData(Now - 5, Now + 30)]
    [InlineData(Now + 30, Now - 5)]
    public void A_token_may_begin_as_late_as_the_skew(long? issued, long? notBefore) =>
        Assert.Null(Times(Now + 60, issued, notBefore, maximum: null));

    [Theory]
    [InlineData(Now + 31, null)]
    [InlineData(null, Now + 31)]
    [InlineData(Now - 5, Now + 31)]
    [InlineData(Now + 31, Now - 5)]
    public void A_token_that_begins_later_is_refused_by_the_later_of_its_beginnings(long? issued, long? notBefore) =>
        Said(Times(Now + 60, issued, notBefore, maximum: null), "token-not-yet-valid", "in 31 s");

    [Fact]
    public void A_token_lives_as_long_as_is_accepted_and_no_second_longer()
    {
        Assert.Null(Times(Now + 200, issued: Now - 100));
        Said(Times(Now + 201, issued: Now - 100), "token-lifetime", "lives 301 s; at most 300 s");
        Assert.Null(Times(Now + 201, issued: Now - 100, maximum: null));
    }

    [Theory]
    [InlineData(true, "us")]
    [InlineData(true, "them", "us")]
    [InlineData(true, "us", "them")]
    [InlineData(false)]
    [InlineData(false, "them", "US", "us ")]
    public void A_token_is_for_those_whom_it_names(bool accepted, params string[] audience)
    {
        var token = Token(Now);
        token.Audience = audience;
        var refusal = TokenRules.Audience(token, "us");

        if (accepted)
            Assert.Null(refusal);
        else
            Said(refusal, "token-audience", "meant for somebody else", "'us'");
    }

    [Fact]
    public void A_bound_token_comes_on_the_connection_that_it_is_bound_to()
    {
        Assert.Null(TokenRules.Binding("pin", "pin", required: true));
        Assert.Null(TokenRules.Binding("pin", "pin", required: false));
        Said(TokenRules.Binding("pin", "other", required: false), "token-binding", "bound to another");
        Said(TokenRules.Binding("pin", null, required: false), "token-binding", "presents none");
        Said(TokenRules.Binding("pin", "PIN", required: false), "token-binding", "bound to another");
    }

    [Fact]
    public void An_unbound_token_is_accepted_where_binding_is_not_required()
    {
        Assert.Null(TokenRules.Binding(null, "pin", required: false));
        Assert.Null(TokenRules.Binding(null, null, required: false));
        Said(TokenRules.Binding(null, "pin", required: true), "token-binding", "not bound");
        Said(TokenRules.Binding(null, null, required: true), "token-binding", "not bound");
    }

    private static Refusal? Times(long? expires, long? issued = null, long? notBefore = null, long? maximum = 300)
    {
        var token = Token(expires);
        (token.IssuedAt, token.NotBefore) = (issued, notBefore);
        return TokenRules.Times(token, Now, 30, maximum);
    }

    private static ReceivedToken Token(long? expires) =>
        new() { Text = "", Algorithm = "ES256", SignedLength = 0, Signature = [], Payload = [], Expires = expires };

    private static void Said(Refusal? refusal, string code, params string[] parts)
    {
        Assert.Equal((RefusalKind.Unauthenticated, code), (refusal?.Kind, refusal?.Code));
        Assert.All(parts, part => Assert.Contains(part, $"{refusal!.Message} {refusal.Mend}", StringComparison.Ordinal));
    }
}
