using Connector.ControlPlane;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Transfers;
using CsCheck;

namespace Connector.Storage.Tests;

/// <summary>Whole records in their first version; the test gives them their ids.</summary>
internal static class RecordGens
{
    public static Gen<Negotiation> Negotiation { get; } = Gen.Select(
        Gen.Select(Gen.Enum<Role>(), Gen.Enum<Binding>(), Gen.Enum<NegotiationState>(), Gen.Enum<Acceptance>()),
        Gen.Select(Gens.Text, Gens.MaybeText, Gens.MaybeText, Gens.MaybeText),
        Gen.Select(Gens.Terms, Gens.Texts, Gens.Claims, Gens.Texts),
        Gen.Select(Gen.Select(Gens.Text, Gens.Text, Gens.MaybeText, Gens.MaybeText, (id, json, p, c) => new SignedAgreement(id, json, p, c)).Null(), Gens.Termination.Null()),
        Gen.Select(Gens.Time, Gens.Time),
        (kinds, texts, offered, ended, times) => new Negotiation
        {
            Id = "",
            Role = kinds.Item1,
            Binding = kinds.Item2,
            State = kinds.Item3,
            Acceptance = kinds.Item4,
            Peer = texts.Item1,
            CallbackAddress = texts.Item2,
            Explanation = texts.Item3,
            ExplainedAt = times.Item2,
            LastError = texts.Item4,
            Terms = offered.Item1,
            Purposes = offered.Item2,
            Claims = offered.Item3,
            Seen = offered.Item4,
            Agreement = ended.Item1,
            Termination = ended.Item2,
            CreatedAt = times.Item1,
            UpdatedAt = times.Item2,
            Version = 1,
        });

    public static Gen<Agreement> Agreement { get; } = Gen.Select(
        Gen.Select(Gen.Enum<Role>(), Gen.Enum<Binding>()),
        Gen.Select(Gens.Text, Gens.Text, Gens.Text, Gens.Text),
        Gen.Select(Gens.Text, Gens.Text, Gens.MaybeText, Gens.MaybeText),
        Gen.Select(Gens.Time, Gens.Texts, Gens.Claims, Gens.End.Null()),
        (kinds, names, texts, rest) => new Agreement
        {
            Id = "",
            Role = kinds.Item1,
            Binding = kinds.Item2,
            Peer = names.Item1,
            NegotiationId = names.Item2,
            OfferId = names.Item3,
            DatasetId = names.Item4,
            Json = texts.Item1,
            Policy = texts.Item2,
            ProviderSignature = texts.Item3,
            ConsumerSignature = texts.Item4,
            SignedAt = rest.Item1,
            Purposes = rest.Item2,
            Claims = rest.Item3,
            End = rest.Item4,
            ChangesAt = rest.Item1,
            Uses = names.Item1.Length,
            FirstUsedAt = rest.Item1,
            LastUsedAt = rest.Item1,
            Duties = [.. rest.Item2.Select(t => new DutyRecord(t, names.Item1, rest.Item1, rest.Item1, texts.Item3))],
            Version = 1,
        });

    public static Gen<Transfer> Transfer { get; } = Gen.Select(
        Gen.Select(Gen.Enum<Role>(), Gen.Enum<Binding>(), Gen.Enum<TransferState>(), Gen.Enum<Acceptance>()),
        Gen.Select(Gens.Text, Gens.Text, Gens.Text, Gens.Text),
        Gen.Select(Gens.MaybeText, Gens.MaybeText, Gens.MaybeText, Gens.MaybeText),
        Gen.Select(Gens.Address, Gens.Receipt, Gens.Termination.Null(), Gens.Texts),
        Gen.Select(Gens.Time, Gens.Time, Gens.Verdict),
        (kinds, names, texts, rest, times) => new Transfer
        {
            Id = "",
            Role = kinds.Item1,
            Binding = kinds.Item2,
            State = kinds.Item3,
            Acceptance = kinds.Item4,
            Peer = names.Item1,
            AgreementId = names.Item2,
            DatasetId = names.Item3,
            Format = names.Item4,
            CallbackAddress = texts.Item1,
            TokenHash = texts.Item2,
            RefreshHash = texts.Item2,
            TokenUntil = times.Item2,
            Sink = texts.Item3,
            LastError = texts.Item4,
            DataAddress = rest.Item1,
            Receipt = rest.Item2,
            Termination = rest.Item3,
            Seen = rest.Item4,
            Verdict = times.Item3,
            CreatedAt = times.Item1,
            UpdatedAt = times.Item2,
            Version = 1,
        });
}
