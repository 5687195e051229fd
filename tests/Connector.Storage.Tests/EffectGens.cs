using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Transfers;
using CsCheck;

namespace Connector.Storage.Tests;

/// <summary>Effects of every kind, with messages of every kind.</summary>
internal static class EffectGens
{
    private static readonly Gen<NegotiationMessage> s_negotiation = Gen.OneOf(
        Gen.Select(Gens.Text, Gens.Text, Gens.MaybeText, Gens.Terms, Gens.MaybeText, Gens.Texts, (id, c, p, o, cb, pp) => (NegotiationMessage)new ContractRequestMessage(id, c, p, o, cb, pp)),
        Gen.Select(Gens.Text, Gens.Text, Gens.MaybeText, Gens.Terms, Gens.MaybeText, (id, p, c, o, cb) => (NegotiationMessage)new ContractOfferMessage(id, p, c, o, cb)),
        Gen.Select(Gens.Text, Gens.Text, Gens.Text, Gens.Text, Gens.MaybeText, (id, p, c, a, s) => (NegotiationMessage)new ContractAgreementMessage(id, p, c, a, s)),
        Gen.Select(Gens.Text, Gens.Text, Gens.Text, Gens.MaybeText, (id, p, c, s) => (NegotiationMessage)new ContractAgreementVerificationMessage(id, p, c, s)),
        Gen.Select(Gens.Text, Gens.Text, Gens.Text, Gen.Bool, (id, p, c, f) => (NegotiationMessage)new ContractNegotiationEventMessage(id, p, c, f)),
        Gen.Select(Gens.Text, Gens.Text, Gens.Text, Gens.MaybeText, Gens.Texts, (id, p, c, code, r) => (NegotiationMessage)new ContractNegotiationTerminationMessage(id, p, c, code, r)));

    private static readonly Gen<TransferMessage> s_transfer = Gen.OneOf(
        Gen.Select(Gens.Text, Gens.Text, Gens.Text, Gens.Text, Gens.MaybeText, Gens.Address, (id, c, a, f, cb, d) => (TransferMessage)new TransferRequestMessage(id, c, a, f, cb, d)),
        Gen.Select(Gens.Text, Gens.Text, Gens.Text, Gens.Address, (id, p, c, d) => (TransferMessage)new TransferStartMessage(id, p, c, d)),
        Gen.Select(Gens.Text, Gens.Text, Gens.Text, Gens.MaybeText, Gens.Texts, (id, p, c, code, r) => (TransferMessage)new TransferSuspensionMessage(id, p, c, code, r)),
        Gen.Select(Gens.Text, Gens.Text, Gens.Text, Gens.Receipt, (id, p, c, r) => (TransferMessage)new TransferCompletionMessage(id, p, c, r)),
        Gen.Select(Gens.Text, Gens.Text, Gens.Text, Gens.MaybeText, Gens.Texts, (id, p, c, code, r) => (TransferMessage)new TransferTerminationMessage(id, p, c, code, r)));

    private static readonly Gen<EffectBody> s_body = Gen.OneOf(
        s_negotiation.Select(message => (EffectBody)new SendNegotiation(message)),
        s_transfer.Select(message => (EffectBody)new SendTransfer(message)),
        Gen.Select(Gens.Text, Gens.Text, Gens.End, (id, agreement, end) => (EffectBody)new SendAgreementEnd(id, agreement, end)),
        Gens.Text.Select(participant => (EffectBody)new ReviewAgreements(participant)),
        Gens.Text.Select(transfer => (EffectBody)new Fetch(transfer)),
        Gens.Text.Select(transfer => (EffectBody)new Push(transfer)));

    /// <summary>The test gives it its id.</summary>
    public static Gen<Effect> Effect { get; } = Gen.Select(Gens.Text, Gens.Text, s_body, Gens.Time, (subject, peer, body, at) => new Effect("", subject, peer, body, at));
}
