using Connector.ControlPlane.Agreements;

namespace Connector.ControlPlane.Tests.Agreements;

public sealed class AgreementRulesTests
{
    private static readonly AgreementEnd s_revoked = new(default, Role.Provider, "revoked", "the contract was cancelled");

    private static readonly Agreement s_inForce = new()
    {
        Id = "urn:agreement",
        Role = Role.Provider,
        Peer = "did:web:peer.example",
        Binding = Binding.Grpc,
        NegotiationId = "urn:negotiation",
        OfferId = "urn:offer:a",
        DatasetId = "urn:dataset:a",
        Json = "{}",
        Policy = "{}",
        SignedAt = default,
        Version = 3,
    };

    [Fact]
    public void The_first_end_of_an_agreement_is_the_one_that_counts()
    {
        var ended = AgreementRules.End(s_inForce, s_revoked);

        Assert.Same(s_revoked, ended.End);
        Assert.Same(ended, AgreementRules.End(ended, s_revoked with { Code = "expired" }));
    }

    [Fact]
    public void An_agreement_in_force_refuses_nobody_and_an_ended_one_says_how_it_ended()
    {
        Assert.Null(AgreementRules.Check(s_inForce));
        Assert.Equal(
            new Refusal(RefusalKind.Ended, "agreement-revoked", "the agreement has ended (revoked): the contract was cancelled", "agreementId", "negotiate a new agreement"),
            AgreementRules.Check(AgreementRules.End(s_inForce, s_revoked)));
    }

    [Fact]
    public void Each_use_counts_once_and_makes_a_new_version()
    {
        var at = new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

        var used = AgreementRules.Use(AgreementRules.Use(s_inForce, at), at.AddHours(1));

        Assert.Equal((2, at.AddHours(1), 5L), (used.Uses, used.LastUsedAt, used.Version));
    }

    [Fact]
    public void Rules_that_can_no_longer_be_read_are_a_fault_of_our_own_that_says_how_to_mend_it() => Assert.Equal(
        new Refusal(RefusalKind.Internal, "agreement-unreadable", "the agreement's rules can no longer be read: 'tier' is not known", null, "apply the Vocabulary document that they were read by"),
        AgreementRules.Unreadable("'tier' is not known"));
}
