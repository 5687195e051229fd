using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.Policies;

namespace Connector.ControlPlane.Negotiations;

/// <summary>Draws up, signs and checks agreements.</summary>
public sealed class AgreementDrafts(Participant self, PolicyBook policies, ISignatures signatures, IIds ids, TimeProvider time)
{
    /// <summary>Provider: the agreement on the terms on the table, signed.</summary>
    public Result<SignedAgreement> Draw(Negotiation negotiation)
    {
        try
        {
            var id = ids.NewId();
            var json = OdrlAgreement.Write(new OdrlAgreement(id, negotiation.Terms.DatasetId, self.Id, negotiation.Peer, time.GetUtcNow(), negotiation.Terms.Policy));
            return new SignedAgreement(id, json, signatures.SignJson(json), null);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            // The latter of half of a surrogate pair: what decides nothing is not looked at when a policy is read, and is signed all the same.
            return Unsignable(e);
        }
    }

    /// <summary>Consumer: the same agreement with our signature.</summary>
    public Result<SignedAgreement> Countersign(Negotiation negotiation)
    {
        var agreement = negotiation.Agreement ?? throw new InvalidOperationException("there is no agreement to sign");
        try
        {
            return agreement with { ConsumerSignature = signatures.SignJson(agreement.Json) };
        }
        catch (FormatException e)
        {
            return Unsignable(e);
        }
    }

    /// <summary>Consumer: takes the provider's agreement if it says what was agreed on, between whom, and is signed (DSP 2025-1, contract negotiation, agreement).</summary>
    public Result<Negotiation> Accept(Negotiation negotiation, ContractAgreementMessage message)
    {
        if (!OdrlAgreement.TryRead(message.Agreement, out var agreement, out var fault))
        {
            return Refusal.Malformed("agreement", $"{fault with { File = "agreement" }}", "send an ODRL Agreement with @id, target, assigner, assignee, timestamp and rules");
        }

        var wrong =
            agreement.Assigner != negotiation.Peer ? ("assigner", $"is '{agreement.Assigner}', expected the provider '{negotiation.Peer}'")
            : agreement.Assignee != self.Id ? ("assignee", $"is '{agreement.Assignee}', expected the consumer '{self.Id}'")
            : agreement.Target != negotiation.Terms.DatasetId ? ("target", $"is '{agreement.Target}', expected the dataset negotiated, '{negotiation.Terms.DatasetId}'")
            : !policies.Same(agreement.Rules, negotiation.Terms.Policy) ? ("permission", "the rules differ from the terms last on the table")
            : ((string Field, string What)?)null;
        if (wrong is { } found)
        {
            return new Refusal(RefusalKind.Malformed, "agreement-differs", $"agreement.{found.Field} {found.What}", $"agreement.{found.Field}", "send the agreement on the terms that were negotiated");
        }

        return Signed(negotiation, message.Agreement, message.Signature).Try(out _, out var refusal)
            ? negotiation with { Agreement = new SignedAgreement(agreement.Id, message.Agreement, message.Signature, null) }
            : refusal;
    }

    /// <summary>Provider: takes the consumer's signature if it is one over this agreement.</summary>
    public Result<Negotiation> Accept(Negotiation negotiation, ContractAgreementVerificationMessage message)
    {
        var agreement = negotiation.Agreement ?? throw new InvalidOperationException("an agreed negotiation has an agreement");
        return Signed(negotiation, agreement.Json, message.Signature).Try(out _, out var refusal)
            ? negotiation with { Agreement = agreement with { ConsumerSignature = message.Signature } }
            : refusal;
    }

    /// <summary>The contract that a finalized negotiation leaves behind.</summary>
    public Agreement Conclude(Negotiation negotiation)
    {
        var signed = negotiation.Agreement ?? throw new InvalidOperationException("a verified negotiation has an agreement");
        if (!OdrlAgreement.TryRead(signed.Json, out var agreement, out var fault))
        {
            throw new InvalidOperationException($"{fault}");
        }

        return new Agreement
        {
            Id = signed.Id,
            Role = negotiation.Role,
            Peer = negotiation.Peer,
            Binding = negotiation.Binding,
            NegotiationId = negotiation.Id,
            OfferId = negotiation.Terms.OfferId,
            DatasetId = negotiation.Terms.DatasetId,
            Json = signed.Json,
            Policy = agreement.Rules,
            ProviderSignature = signed.ProviderSignature,
            ConsumerSignature = signed.ConsumerSignature,
            SignedAt = agreement.Timestamp,
            Purposes = policies.Purposes(negotiation),
            Claims = negotiation.Claims,
            ChangesAt = policies.ChangesAt(agreement.Rules, agreement.Timestamp),
            Version = 1,
        };
    }

    private static Refusal Unsignable(Exception e) =>
        new(RefusalKind.Malformed, "agreement-unsignable", $"agreement: {e.Message}", "agreement", "state the rules in JSON that has a canonical form (RFC 8785)");

    // DSP has no place for signatures; the native binding always carries them.
    private Result<Done> Signed(Negotiation negotiation, string json, string? signature)
    {
        if (signature is null)
        {
            return negotiation.Binding == Binding.Grpc
                ? new Refusal(RefusalKind.Malformed, "signature-missing", "signature: the agreement is not signed", "signature", "sign the agreement with the key published for your participant id")
                : default(Done);
        }

        return signatures.VerifyJson(negotiation.Peer, json, signature) is { } fault
            ? new Refusal(RefusalKind.Malformed, "signature-invalid", $"signature: {fault}", "signature", "sign the RFC 8785 form of the agreement with a key published for your participant id")
            : default(Done);
    }
}
