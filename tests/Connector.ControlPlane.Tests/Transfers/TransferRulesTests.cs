using System.Collections.Immutable;
using Connector.ControlPlane.Transfers;

namespace Connector.ControlPlane.Tests.Transfers;

public sealed class TransferRulesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DataAddress s_address = new("type", "https://provider.example/data", ImmutableDictionary<string, string>.Empty.Add(DataAddress.Authorization, "secret"));
    private static readonly SignedReceipt s_receipt = new("{}", "signature");

    [Fact]
    public void A_message_heard_twice_is_applied_once()
    {
        var first = TransferRules.Receive(At(Role.Consumer, TransferState.Requested), Message(TransferMessageKind.Start, "m1"), s_now).Value;

        Assert.Equal(TransferState.Started, first.State);
        Assert.Same(first, TransferRules.Receive(first, Message(TransferMessageKind.Start, "m1"), s_now.AddMinutes(1)).Value);
    }

    [Fact]
    public void A_consumer_cannot_start_what_it_has_only_requested()
    {
        Assert.Equal(
            new Refusal(RefusalKind.InvalidTransition, "invalid-transition", "TransferStartMessage is not allowed from the consumer while the transfer is REQUESTED", null, "ask for the transfer's state and go on from there"),
            TransferRules.Receive(At(Role.Provider, TransferState.Requested), Message(TransferMessageKind.Start, "m1"), s_now).Refusal);
        Assert.Contains("from the consumer", TransferRules.Send(At(Role.Consumer, TransferState.Requested), Message(TransferMessageKind.Start, "m1"), s_now).Refusal?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void After_the_end_nothing_is_taken_and_a_new_transfer_is_the_way_on() => Assert.Equal(
        new Refusal(RefusalKind.InvalidTransition, "invalid-transition", "TransferStartMessage is not allowed from the provider while the transfer is COMPLETED", null, "it has ended; request a new transfer"),
        TransferRules.Receive(At(Role.Consumer, TransferState.Completed), Message(TransferMessageKind.Start, "m1"), s_now).Refusal);

    [Fact]
    public void When_both_sides_say_at_once_that_it_is_complete_the_receipt_counts_and_is_taken_once()
    {
        var (plain, signed) = (new TransferCompletionMessage("m1", "p", "c", null), new TransferCompletionMessage("m2", "p", "c", s_receipt));
        var ours = At(Role.Provider, TransferState.Completed) with { LastError = "pull-under-way" };
        var theirs = At(Role.Consumer, TransferState.Completed) with { Receipt = s_receipt };

        var taken = TransferRules.Receive(ours, signed, s_now).Value;

        Assert.Equal((TransferState.Completed, s_receipt, null, s_now), (taken.State, taken.Receipt, taken.LastError, taken.UpdatedAt));
        Assert.Same(taken, TransferRules.Receive(taken, signed, s_now.AddMinutes(1)).Value);
        Assert.Same(theirs, TransferRules.Receive(theirs, plain, s_now).Value);

        foreach (var (transfer, message) in new[] { (ours, plain), (taken, signed with { Id = "m3" }), (theirs with { Receipt = null }, plain), (ours with { State = TransferState.Terminated }, signed), (theirs with { State = TransferState.Terminated }, plain) })
        {
            Assert.Equal("invalid-transition", TransferRules.Receive(transfer, message, s_now).Refusal?.Code);
        }
    }

    [Fact]
    public void A_transfer_takes_a_bounded_number_of_messages()
    {
        var many = At(Role.Consumer, TransferState.Started) with { Seen = [.. Enumerable.Range(0, TransferRules.MaxMessages).Select(i => $"m{i}")] };
        var message = Message(TransferMessageKind.Suspension, "new");

        Assert.Equal(
            new Refusal(RefusalKind.Exhausted, "too-many-messages", "this transfer has taken 256 messages", null, "terminate it and request a new one"),
            TransferRules.Receive(many, message, s_now).Refusal);
        Assert.Contains("new", TransferRules.Receive(many with { Seen = many.Seen.RemoveAt(0) }, message, s_now).Value.Seen);
    }

    [Fact]
    public void A_step_of_ours_is_sent_as_it_is_and_clears_the_last_error()
    {
        var start = Message(TransferMessageKind.Start, "m1");

        var (next, effect) = TransferRules.Send(At(Role.Provider, TransferState.Requested) with { LastError = "of before" }, start, s_now).Value;

        Assert.Equal((TransferState.Started, null), (next.State, next.LastError));
        Assert.Same(start, effect.Message);
        Assert.Empty(next.Seen);
    }

    [Fact]
    public void The_address_of_a_pull_is_for_the_consumer_and_a_resumption_without_one_keeps_it()
    {
        var started = TransferRules.Receive(At(Role.Consumer, TransferState.Requested), Message(TransferMessageKind.Start, "m1"), s_now).Value;
        var suspended = TransferRules.Receive(started, Message(TransferMessageKind.Suspension, "m2"), s_now).Value;
        var resumed = TransferRules.Receive(suspended, new TransferStartMessage("m3", "p", "c", null), s_now).Value;

        Assert.Same(s_address, resumed.DataAddress);
        Assert.Null(TransferRules.Send(At(Role.Provider, TransferState.Requested), Message(TransferMessageKind.Start, "m1"), s_now).Value.Next.DataAddress);
    }

    [Theory]
    [InlineData(TransferMessageKind.Completion)]
    [InlineData(TransferMessageKind.Termination)]
    public void A_providers_tokens_die_with_the_transfer(TransferMessageKind kind)
    {
        var ended = TransferRules.Receive(Armed(Role.Provider), Message(kind, "m1"), s_now).Value;

        Assert.Equal((null, null, null), (ended.TokenHash, ended.TokenUntil, ended.RefreshHash));
    }

    [Fact]
    public void A_suspension_keeps_the_token_that_a_resumption_needs()
    {
        var suspended = TransferRules.Receive(Armed(Role.Provider), Message(TransferMessageKind.Suspension, "m1"), s_now).Value;

        Assert.Equal((TransferState.Suspended, "token", "refresh"), (suspended.State, suspended.TokenHash, suspended.RefreshHash));
    }

    [Theory]
    [InlineData("http-PULL", false)]
    [InlineData("http-PUSH", true)]
    public void A_consumer_forgets_the_secret_of_a_pull_and_remembers_where_a_push_was_to_go(string format, bool kept)
    {
        var ended = TransferRules.Send(Armed(Role.Consumer) with { Format = format }, Message(TransferMessageKind.Termination, "m1"), s_now).Value.Next;

        Assert.Equal((kept, null), (ended.DataAddress is not null, ended.TokenHash));
    }

    [Fact]
    public void A_completion_keeps_the_receipt_it_carries_and_else_the_one_there_was()
    {
        var signed = new SignedReceipt("{\"files\":[]}", "another");
        var started = At(Role.Provider, TransferState.Started) with { Receipt = s_receipt };

        Assert.Same(signed, TransferRules.Receive(started, new TransferCompletionMessage("m1", "p", "c", signed), s_now).Value.Receipt);
        Assert.Same(s_receipt, TransferRules.Receive(started, new TransferCompletionMessage("m1", "p", "c", null), s_now).Value.Receipt);
    }

    [Fact]
    public void A_termination_says_which_side_ended_it_and_why()
    {
        var why = new TransferTerminationMessage("m1", "p", "c", "enough", ["no more disk"]);

        var theirs = TransferRules.Receive(At(Role.Provider, TransferState.Started), why, s_now).Value.Termination!;
        var ours = TransferRules.Send(At(Role.Provider, TransferState.Started), why, s_now).Value.Next.Termination!;

        Assert.Equal((Role.Consumer, "enough", "no more disk"), (theirs.By, theirs.Code, Assert.Single(theirs.Reasons)));
        Assert.Equal((Role.Provider, "enough", "no more disk"), (ours.By, ours.Code, Assert.Single(ours.Reasons)));
    }

    [Fact]
    public void What_cannot_be_moved_ends_the_transfer_and_its_token()
    {
        var failed = TransferRules.Failed(Armed(Role.Provider), "push", new Refusal(RefusalKind.Malformed, "digest-differs", "the bytes differ"), Role.Consumer, s_now);

        Assert.Equal((TransferState.Terminated, null, "push: digest-differs: the bytes differ"), (failed.State, failed.TokenHash, failed.LastError));
        Assert.Equal((Role.Consumer, "digest-differs"), (failed.Termination?.By, failed.Termination?.Code));
    }

    [Fact]
    public void What_has_ended_stays_as_it_ended_and_shows_the_error()
    {
        var failed = TransferRules.Failed(At(Role.Provider, TransferState.Completed), "notice", new Refusal(RefusalKind.NotFound, "gone", "who?"), Role.Consumer, s_now);

        Assert.Equal((TransferState.Completed, null, "notice: gone: who?"), (failed.State, failed.Termination, failed.LastError));
    }

    private static Transfer Armed(Role role) => At(role, TransferState.Started) with { TokenHash = "token", TokenUntil = s_now, RefreshHash = "refresh", DataAddress = s_address };

    private static Transfer At(Role role, TransferState state) => new()
    {
        Id = "urn:own",
        Role = role,
        Peer = "did:web:peer.example",
        PeerPid = "urn:other",
        Binding = Binding.Dsp,
        AgreementId = "urn:agreement",
        DatasetId = "urn:dataset:a",
        Format = "http-PULL",
        State = state,
        Version = 1,
        CreatedAt = s_now,
        UpdatedAt = s_now,
    };

    private static TransferMessage Message(TransferMessageKind kind, string id) => kind switch
    {
        TransferMessageKind.Start => new TransferStartMessage(id, "p", "c", s_address),
        TransferMessageKind.Suspension => new TransferSuspensionMessage(id, "p", "c", null, []),
        TransferMessageKind.Completion => new TransferCompletionMessage(id, "p", "c", null),
        _ => new TransferTerminationMessage(id, "p", "c", null, []),
    };
}
