using Connector.ControlPlane.Effects;

namespace Connector.ControlPlane.Tests.Effects;

public sealed class EffectRulesTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_peer_that_cannot_be_reached_may_be_later_however_long_it_takes()
    {
        Assert.True(EffectRules.MayPass(Refused(RefusalKind.Unavailable), opens: true, TimeSpan.FromHours(1)));
        Assert.True(EffectRules.MayPass(Refused(RefusalKind.Unavailable), opens: false, TimeSpan.FromHours(1)));
    }

    [Fact]
    public void A_peer_whose_state_may_be_catching_up_is_asked_again_for_a_while()
    {
        var refusal = Refused(RefusalKind.NotFound) with { MaySettle = true };

        Assert.True(EffectRules.MayPass(refusal, opens: false, s_soon));
        Assert.False(EffectRules.MayPass(refusal, opens: false, EffectRules.Settling));
    }

    [Fact]
    public void An_offer_or_agreement_that_the_peer_does_not_know_it_will_not_learn_of() =>
        Assert.False(EffectRules.MayPass(Refused(RefusalKind.NotFound) with { MaySettle = true }, opens: true, TimeSpan.Zero));

    [Theory]
    [InlineData(RefusalKind.Malformed)]
    [InlineData(RefusalKind.NotFound)]
    [InlineData(RefusalKind.InvalidTransition)]
    [InlineData(RefusalKind.Unauthenticated)]
    [InlineData(RefusalKind.Forbidden)]
    [InlineData(RefusalKind.PolicyDenied)]
    [InlineData(RefusalKind.Ended)]
    [InlineData(RefusalKind.Internal)]
    public void Any_other_word_of_the_peer_stands(RefusalKind kind) => Assert.False(EffectRules.MayPass(Refused(kind), opens: false, s_soon));

    private static Refusal Refused(RefusalKind kind) => new(kind, "code", "words");
}
