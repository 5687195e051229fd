using Connector.ControlPlane;
using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Grpc.Errors;
using Google.Protobuf.WellKnownTypes;
using Happening = Connector.ControlPlane.Events.Happening;
using V1 = Connector.Management.V1;

namespace Connector.Grpc.Management;

/// <summary>Records of the control plane as the operator's API shows them, and its words read back.</summary>
internal static class ManagementWire
{
    public static V1.Negotiation Write(Negotiation n) => new()
    {
        Id = n.Id,
        Role = Name(n.Role),
        Peer = n.Peer,
        PeerPid = n.PeerPid ?? "",
        Binding = Name(n.Binding),
        State = NegotiationRules.Name(n.State),
        Offer = n.Terms.OfferId,
        Dataset = n.Terms.DatasetId,
        Terms = n.Terms.Policy,
        Purposes = { n.Purposes },
        Acceptance = n.Acceptance.ToString().ToLowerInvariant(),
        AgreementId = n.Agreement?.Id ?? "",
        Termination = Write(n.Termination),
        LastError = n.LastError ?? "",
        Explanation = n.Explanation ?? "",
        CreatedAt = n.CreatedAt.ToTimestamp(),
        UpdatedAt = n.UpdatedAt.ToTimestamp(),
        Version = n.Version,
    };

    public static V1.Transfer Write(Transfer t) => new()
    {
        Id = t.Id,
        Role = Name(t.Role),
        Peer = t.Peer,
        PeerPid = t.PeerPid ?? "",
        Binding = Name(t.Binding),
        State = TransferRules.Name(t.State),
        AgreementId = t.AgreementId,
        Dataset = t.DatasetId,
        Format = t.Format,
        Sink = t.Sink ?? "",
        Termination = Write(t.Termination),
        LastError = t.LastError ?? "",
        Receipt = t.Receipt?.Json ?? "",
        CreatedAt = t.CreatedAt.ToTimestamp(),
        UpdatedAt = t.UpdatedAt.ToTimestamp(),
    };

    public static V1.RefusedTransfer Write(RefusedTransfer r) => new()
    {
        Id = r.Id,
        Peer = r.Peer,
        ConsumerPid = r.ConsumerPid,
        AgreementId = r.AgreementId,
        Format = r.Format,
        At = r.Verdict.At.ToTimestamp(),
        Code = r.Code,
        Reason = r.Reason,
    };

    public static V1.Happening Write(Happening h) => new()
    {
        Kind = h.Kind,
        Subject = h.Subject,
        Peer = h.Peer,
        Role = Name(h.Role),
        State = h.State,
        Detail = h.Detail ?? "",
        At = h.At.ToTimestamp(),
        Bytes = h.Progress?.Bytes ?? 0,
        Total = h.Progress?.Total ?? 0,
    };

    public static V1.EvidenceEntry Write(EvidenceEntry e) => new()
    {
        Sequence = e.Sequence,
        At = e.Draft.At.ToTimestamp(),
        Kind = e.Draft.Kind.ToString(),
        Subject = e.Draft.Subject,
        Peer = e.Draft.Peer,
        Payload = e.Draft.Payload,
        Hash = Convert.ToHexStringLower(e.Hash),
    };

    public static V1.Document Write(Document d) => new() { Kind = d.Kind.ToString(), Name = d.Name, Text = d.Text, AppliedAt = d.AppliedAt.ToTimestamp() };

    public static V1.Fault Write(Policies.Fault f) => new() { File = f.File ?? "", Line = f.Line, Column = f.Column, Path = f.Path, Message = f.Message, Mend = f.Mend };

    public static Binding? ReadBinding(string word) => word switch
    {
        "" => null,
        "grpc" => Binding.Grpc,
        "dsp" => Binding.Dsp,
        "dsp-2024-1" => Binding.Dsp2024,
        _ => throw Refusal.Malformed("binding", $"'{word}' is not known", "give grpc, dsp (the newest version that both speak) or dsp-2024-1").ToRpcException(),
    };

    public static Acceptance ReadAcceptance(string word, Acceptance usual) => word switch
    {
        "" => usual,
        "auto" => Acceptance.Auto,
        "manual" => Acceptance.Manual,
        "stepwise" => Acceptance.Stepwise,
        _ => throw Refusal.Malformed("acceptance", $"'{word}' is not known", "give auto, manual or stepwise").ToRpcException(),
    };

    public static DocumentKind ReadKind(string word) => System.Enum.TryParse<DocumentKind>(word, out var kind) && System.Enum.IsDefined(kind)
        ? kind
        : throw Refusal.Malformed("kind", $"'{word}' is not known", "give Peer, Policy, Dataset, Offer or Vocabulary").ToRpcException();

    public static Page ReadPage(V1.ListRequest request, Func<string, string> participant) => new(
        request.Peer.Length == 0 ? null : participant(request.Peer),
        request.Limit == 0 ? 100 : Math.Clamp(request.Limit, 1, 1000),
        WireChecks.Optional(request.Before));

    private static V1.Termination? Write(Termination? t) => t is null ? null : new V1.Termination { By = Name(t.By), Code = t.Code ?? "", Reasons = { t.Reasons } };

    public static string Name(Role role) => role.ToString().ToUpperInvariant();

    public static string Name(Binding binding) => binding switch
    {
        Binding.Grpc => "grpc",
        Binding.Dsp => "dsp",
        Binding.Dsp2024 => "dsp-2024-1",
        _ => throw new ArgumentOutOfRangeException(nameof(binding), binding, "every binding has a word"),
    };
}
