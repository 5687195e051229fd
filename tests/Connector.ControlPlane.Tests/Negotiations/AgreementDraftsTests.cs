using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Participants;
using Connector.Testing;
using Connector.Testing.Desks;

namespace Connector.ControlPlane.Tests.Negotiations;

public sealed class AgreementDraftsTests
{
    [Theory]
    [InlineData("""{"permission":[{"action":"use"}]}""", null)]
    [InlineData("""{"permission":[{"action":"use","ex:size":9007199254740993}]}""", "agreement-unsignable")]
    [InlineData("""{"permission":[{"action":"use","ex:name":"\ud83d"}]}""", "agreement-unsignable")]
    public void Terms_that_cannot_be_signed_are_refused(string policy, string? code)
    {
        var drafts = Drafts();

        Assert.Equal(code, drafts.Draw(Negotiation(policy)).Refusal?.Code);
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData("""{"ex:size":9007199254740993}""", "agreement-unsignable")]
    public void An_agreement_that_cannot_be_signed_is_refused(string agreement, string? code) =>
        Assert.Equal(code, Drafts().Countersign(Negotiation("{}") with { Agreement = new SignedAgreement("a", agreement, null, null) }).Refusal?.Code);

    private static AgreementDrafts Drafts()
    {
        var desk = new Desk(TimeProvider.System);
        return new AgreementDrafts(new Participant(Desk.Self, "own", null, null), desk.Policies, new StrictSignatures(), desk, TimeProvider.System);
    }

    private static Negotiation Negotiation(string policy) => new()
    {
        Id = "n", Role = Role.Provider, Peer = "did:web:peer.example", PeerPid = "c", Binding = Binding.Grpc, State = NegotiationState.Requested, Version = 1,
        Terms = new Terms("o", "d", policy), CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch,
    };

    /// <summary>Signs as the canonical form of JSON allows: no number that a double would round (RFC 8785 §3.2.2.3).</summary>
    private sealed class StrictSignatures : ISignatures
    {
        private readonly NamedSignatures _named = new(Desk.Self);

        public string SignJson(string json) => json.Contains("9007199254740993", StringComparison.Ordinal) ? throw new FormatException("the integer would be rounded") : _named.SignJson(json);

        public string? VerifyJson(string participantId, string json, string jws) => _named.VerifyJson(participantId, json, jws);

        public byte[] SignHash(ReadOnlySpan<byte> hash) => _named.SignHash(hash);

        public bool VerifyHash(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature) => _named.VerifyHash(hash, signature);
    }
}
