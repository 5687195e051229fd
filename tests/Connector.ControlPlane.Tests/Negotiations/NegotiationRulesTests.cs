using System.Collections.Immutable;
using Connector.ControlPlane.Negotiations;
using CsCheck;

namespace Connector.ControlPlane.Tests.Negotiations;

public sealed class NegotiationRulesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Terms s_terms = new("urn:offer:a", "urn:dataset:a", """{"permission":[{"action":"use"}]}""");

    [Fact]
    public void A_message_heard_twice_is_applied_once()
    {
        var first = NegotiationRules.Receive(At(Role.Provider, NegotiationState.Offered), Message(NegotiationMessageKind.Accepted, "m1"), s_now).Value;

        var second = NegotiationRules.Receive(first, Message(NegotiationMessageKind.Accepted, "m1"), s_now.AddMinutes(1)).Value;

        Assert.Same(first, second);
    }

    [Fact]
    public void A_message_that_only_our_own_side_sends_is_refused_as_such()
    {
        var refusal = NegotiationRules.Receive(At(Role.Provider, NegotiationState.Requested), Message(NegotiationMessageKind.Agreement, "m1"), s_now).Refusal;

        Assert.Equal(("wrong-role", RefusalKind.InvalidTransition), (refusal?.Code, refusal?.Kind));
    }

    [Fact]
    public void A_refused_message_of_ours_ends_an_open_negotiation_with_the_peers_reason()
    {
        var refusal = new Refusal(RefusalKind.Malformed, "agreement-differs", "the rules differ");

        var failed = NegotiationRules.SendFailed(At(Role.Provider, NegotiationState.Agreed), NegotiationMessageKind.Agreement, refusal, s_now);

        Assert.Equal(NegotiationState.Terminated, failed.State);
        Assert.Equal(Role.Consumer, failed.Termination?.By);
        Assert.Equal("agreement-differs", failed.Termination?.Code);
    }

    [Fact]
    public void A_finalized_negotiation_stays_finalized_whatever_the_peer_answers()
    {
        var failed = NegotiationRules.SendFailed(At(Role.Provider, NegotiationState.Finalized), NegotiationMessageKind.Finalized, Refusal.NotFound("negotiation", "x"), s_now);

        Assert.Equal(NegotiationState.Finalized, failed.State);
        Assert.Contains("not-found", failed.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public void A_negotiation_takes_a_bounded_number_of_messages()
    {
        var many = At(Role.Provider, NegotiationState.Offered) with { Seen = [.. Enumerable.Range(0, NegotiationRules.MaxMessages).Select(i => $"m{i}")] };

        Assert.Equal("too-many-messages", NegotiationRules.Receive(many, Message(NegotiationMessageKind.Accepted, "new"), s_now).Refusal?.Code);
    }

    [Fact]
    public void A_random_walk_never_leaves_the_table_and_never_leaves_a_terminal_state() =>
        Gen.Select(Gen.Enum<Role>(), Gen.Enum<NegotiationState>(), Gen.Enum<NegotiationMessageKind>().Array[1, 40]).Sample((role, start, kinds) =>
        {
            var negotiation = At(role, start);
            foreach (var (kind, i) in kinds.Select((k, i) => (k, i)))
            {
                var before = negotiation;
                var result = NegotiationRules.Receive(before, Message(kind, $"m{i}"), s_now);
                if (result.Refused)
                {
                    continue;
                }

                negotiation = result.Value;
                Assert.False(before.IsTerminal);
                Assert.Equal(NegotiationRules.Next(before.State, kind), negotiation.State);
                Assert.Contains($"m{i}", negotiation.Seen);
            }
        });

    [Fact]
    public void Whatever_one_side_may_send_the_other_side_takes()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            foreach (var state in Enum.GetValues<NegotiationState>())
            {
                foreach (var kind in Enum.GetValues<NegotiationMessageKind>().Where(k => NegotiationRules.MaySend(role, state, k)))
                {
                    var taken = NegotiationRules.Receive(At(NegotiationRules.Opposite(role), state), Message(kind, "m"), s_now);
                    Assert.False(taken.Refused, $"{role} {state} {kind}: {taken.Refusal}");
                }
            }
        }
    }

    private static Negotiation At(Role role, NegotiationState state) => new()
    {
        Id = "urn:own",
        Role = role,
        Peer = "did:web:peer.example",
        PeerPid = "urn:other",
        Binding = Binding.Grpc,
        State = state,
        Version = 1,
        Terms = s_terms,
        CreatedAt = s_now,
        UpdatedAt = s_now,
    };

    private static NegotiationMessage Message(NegotiationMessageKind kind, string id) => kind switch
    {
        NegotiationMessageKind.Request => new ContractRequestMessage(id, "c", "p", s_terms, null, []),
        NegotiationMessageKind.Offer => new ContractOfferMessage(id, "p", "c", s_terms, null),
        NegotiationMessageKind.Accepted => new ContractNegotiationEventMessage(id, "p", "c", Finalized: false),
        NegotiationMessageKind.Finalized => new ContractNegotiationEventMessage(id, "p", "c", Finalized: true),
        NegotiationMessageKind.Agreement => new ContractAgreementMessage(id, "p", "c", "{}", null),
        NegotiationMessageKind.Verification => new ContractAgreementVerificationMessage(id, "p", "c", null),
        _ => new ContractNegotiationTerminationMessage(id, "p", "c", null, ImmutableArray<string>.Empty),
    };
}
