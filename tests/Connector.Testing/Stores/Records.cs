using System.Globalization;
using Connector.ControlPlane;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Explanations;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Transfers;
using Connector.Policies;

namespace Connector.Testing.Stores;

/// <summary>Plain records to store, each told by its id.</summary>
public static class Records
{
    public const string Peer = "did:web:cathode.example";

    private const string Policy = """{"permission":[{"action":"use"}]}""";

    public static DateTimeOffset Time { get; } = new(2026, 11, 24, 9, 30, 0, TimeSpan.FromHours(9));

    public static Negotiation Negotiation(string id, string? peerPid = null) => new()
    {
        Id = id,
        Role = Role.Consumer,
        Peer = Peer,
        PeerPid = peerPid,
        Binding = Binding.Grpc,
        State = NegotiationState.Requested,
        Version = 1,
        Terms = new Terms("urn:offer:1", "urn:dataset:1", Policy),
        CreatedAt = Time,
        UpdatedAt = Time,
    };

    public static Agreement Agreement(string id) => new()
    {
        Id = id,
        Role = Role.Provider,
        Peer = Peer,
        Binding = Binding.Grpc,
        NegotiationId = "urn:uuid:n",
        OfferId = "urn:offer:1",
        DatasetId = "urn:dataset:1",
        Json = "{}",
        Policy = Policy,
        SignedAt = Time,
        Version = 1,
    };

    public static Transfer Transfer(string id, string agreementId = "urn:uuid:a", string? peerPid = null) => new()
    {
        Id = id,
        Role = Role.Consumer,
        Peer = Peer,
        PeerPid = peerPid,
        Binding = Binding.Grpc,
        AgreementId = agreementId,
        DatasetId = "urn:dataset:1",
        Format = "Grpc-PULL",
        State = TransferState.Requested,
        Version = 1,
        CreatedAt = Time,
        UpdatedAt = Time,
    };

    public static RefusedTransfer RefusedTransfer(string id, string agreementId = "urn:uuid:a") =>
        new(id, Peer, $"pid-{id}", agreementId, "Grpc-PULL", "policy-denied", "not you", new StoredVerdict(EnforcementPoint.Transfer, Time, """{"permitted":false}"""));

    public static Effect Effect(string id, string subject = "urn:uuid:t") => new(id, subject, Peer, new Fetch(subject), Time);

    public static EvidenceDraft Evidence(string subject) => new(EvidenceKind.Start, subject, Peer, """{"format":"Grpc-PULL"}""", Time);

    public static Document Document(string name, string text = "kind: Policy", DocumentKind kind = DocumentKind.Policy) => new(kind, name, text, "/etc/connector", Time);

    /// <summary>The record after one more transition.</summary>
    public static Negotiation Next(this Negotiation negotiation) => negotiation with { Version = negotiation.Version + 1 };

    public static Agreement Ended(this Agreement agreement) =>
        agreement with { Version = agreement.Version + 1, End = new AgreementEnd(Time, Role.Provider, "revoked", "no longer a customer") };

    public static Transfer In(this Transfer transfer, TransferState state) => transfer with { Version = transfer.Version + 1, State = state };

    /// <summary>Ids <c>urn:uuid:001</c> …, sorted as they are counted.</summary>
    public static string Id(int number) => $"urn:uuid:{number.ToString("d5", CultureInfo.InvariantCulture)}";
}
