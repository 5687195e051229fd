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

    [Theory]
    [InlineData(Role.Provider, NegotiationMessageKind.Agreement, "ContractAgreementMessage is a message that the provider sends, and here we are the provider")]
    [InlineData(Role.Consumer, NegotiationMessageKind.Accepted, "the event ACCEPTED is a message that the consumer sends, and here we are the consumer")]
    public void A_message_that_only_our_own_side_sends_is_refused_as_such(Role role, NegotiationMessageKind kind, string words)
    {
        var refusal = NegotiationRules.Receive(At(role, NegotiationState.Requested), Message(kind, "m1"), s_now).Refusal;

        Assert.Equal(new Refusal(RefusalKind.InvalidTransition, "wrong-role", words, null, "check which pid you address"), refusal);
    }

    [Theory]
    [InlineData(NegotiationMessageKind.Request, "ContractRequestMessage")]
    [InlineData(NegotiationMessageKind.Offer, "ContractOfferMessage")]
    [InlineData(NegotiationMessageKind.Accepted, "the event ACCEPTED")]
    [InlineData(NegotiationMessageKind.Agreement, "ContractAgreementMessage")]
    [InlineData(NegotiationMessageKind.Verification, "ContractAgreementVerificationMessage")]
    [InlineData(NegotiationMessageKind.Finalized, "the event FINALIZED")]
    [InlineData(NegotiationMessageKind.Termination, "ContractNegotiationTerminationMessage")]
    public void After_the_end_every_message_is_refused_by_its_standard_name_with_the_way_on(NegotiationMessageKind kind, string name)
    {
        var ended = At(NegotiationRules.SenderOf(kind) == Role.Consumer ? Role.Provider : Role.Consumer, NegotiationState.Terminated);

        Assert.Equal(
            new Refusal(RefusalKind.InvalidTransition, "invalid-transition", $"{name} is not allowed while the negotiation is TERMINATED", null, "it has ended; start a new negotiation"),
            NegotiationRules.Receive(ended, Message(kind, "m1"), s_now).Refusal);
    }

    [Fact]
    public void A_step_that_is_not_ours_to_take_now_is_refused_and_one_that_is_is_sent_as_it_is()
    {
        var requested = At(Role.Provider, NegotiationState.Requested);
        var offer = Message(NegotiationMessageKind.Offer, "m1");

        Assert.Equal("ask for the negotiation's state and go on from there", NegotiationRules.Send(requested, Message(NegotiationMessageKind.Finalized, "m1"), s_now).Refusal?.Mend);

        var (next, effect) = NegotiationRules.Send(requested with { LastError = "of before" }, offer, s_now.AddMinutes(1)).Value;

        Assert.Equal((NegotiationState.Offered, null, s_now.AddMinutes(1)), (next.State, next.LastError, next.UpdatedAt));
        Assert.Same(offer, effect.Message);
        Assert.Empty(next.Seen);
    }

    [Theory]
    [InlineData(NegotiationMessageKind.Request, Role.Provider, NegotiationState.Offered)]
    [InlineData(NegotiationMessageKind.Offer, Role.Consumer, NegotiationState.Requested)]
    public void A_counter_offer_changes_the_terms_and_never_the_dataset(NegotiationMessageKind kind, Role receiver, NegotiationState state)
    {
        var opened = At(receiver, state) with { Terms = new Terms("urn:offer:b", "urn:dataset:b", "{}") };

        Assert.Equal(s_terms with { DatasetId = "urn:dataset:b" }, NegotiationRules.Receive(opened, Message(kind, "m1"), s_now).Value.Terms);
    }

    [Fact]
    public void A_termination_says_which_side_ended_it_and_why()
    {
        var why = new ContractNegotiationTerminationMessage("m1", "p", "c", "too-dear", ["no budget"]);

        var theirs = NegotiationRules.Receive(At(Role.Provider, NegotiationState.Requested), why, s_now).Value.Termination!;
        var ours = NegotiationRules.Send(At(Role.Provider, NegotiationState.Requested), why, s_now).Value.Next.Termination!;

        Assert.Equal((Role.Consumer, "too-dear", "no budget"), (theirs.By, theirs.Code, Assert.Single(theirs.Reasons)));
        Assert.Equal((Role.Provider, "too-dear", "no budget"), (ours.By, ours.Code, Assert.Single(ours.Reasons)));
    }

    [Fact]
    public void A_refused_message_of_ours_ends_an_open_negotiation_with_the_peers_reason()
    {
        var refusal = new Refusal(RefusalKind.Malformed, "agreement-differs", "the rules differ");

        var failed = NegotiationRules.SendFailed(At(Role.Provider, NegotiationState.Agreed), NegotiationMessageKind.Agreement, refusal, s_now);

        Assert.Equal(NegotiationState.Terminated, failed.State);
        Assert.Equal(Role.Consumer, failed.Termination?.By);
        Assert.Equal("agreement-differs", failed.Termination?.Code);
        Assert.Equal("ContractAgreementMessage was not taken: agreement-differs: the rules differ", failed.LastError);
    }

    [Fact]
    public void A_finalized_negotiation_stays_finalized_whatever_the_peer_answers()
    {
        var failed = NegotiationRules.SendFailed(At(Role.Provider, NegotiationState.Finalized), NegotiationMessageKind.Finalized, Refusal.NotFound("negotiation", "x"), s_now);

        Assert.Equal(NegotiationState.Finalized, failed.State);
        Assert.StartsWith("the event FINALIZED was not taken: not-found", failed.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public void A_negotiation_takes_a_bounded_number_of_messages()
    {
        var many = At(Role.Provider, NegotiationState.Offered) with { Seen = [.. Enumerable.Range(0, NegotiationRules.MaxMessages).Select(i => $"m{i}")] };

        Assert.Equal(
            new Refusal(RefusalKind.Exhausted, "too-many-messages", "this negotiation has taken 64 messages", null, "terminate it and start a new one"),
            NegotiationRules.Receive(many, Message(NegotiationMessageKind.Accepted, "new"), s_now).Refusal);
        Assert.False(NegotiationRules.Receive(many with { Seen = many.Seen.RemoveAt(0) }, Message(NegotiationMessageKind.Accepted, "new"), s_now).Refused);
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
