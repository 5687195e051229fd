using System.Collections.Immutable;
using Connector.ControlPlane;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using V1 = Dataspace.Peer.V1;

namespace Connector.Grpc.Tests.Rooms;

/// <summary>Records to begin a test with.</summary>
internal static class Sample
{
    public const string FreeUse = """{"permission":[{"action":"use"}]}""";
    public const string DatasetId = "urn:dataset:d";
    public const string AgreementId = "urn:uuid:a";
    public const string ProviderPid = "urn:uuid:tp";
    public const string ConsumerPid = "urn:uuid:tc";
    public const string Token = "token-of-the-transfer";

    private static readonly DateTimeOffset s_now = new(2026, 11, 24, 1, 0, 0, TimeSpan.Zero);

    /// <summary>An offer nobody asked for: the simplest message that opens a negotiation, here at the receiver as consumer.</summary>
    public static V1.ContractOfferMessage Offer(string messageId = "m1", string pid = "p1") =>
        new() { MessageId = messageId, ProviderPid = pid, Offer = new V1.Offer { Id = "urn:offer:o", Target = DatasetId, Policy = FreeUse } };

    public static Dataset File(string path) => new("d", DatasetId, ImmutableSortedDictionary<string, string>.Empty, null, "application/octet-stream", new DataSource("file", path));

    public static Negotiation Negotiation(string peer, NegotiationState state) => new()
    {
        Id = "urn:uuid:n",
        Role = Role.Consumer,
        Peer = peer,
        PeerPid = "urn:uuid:np",
        Binding = Binding.Grpc,
        State = state,
        Version = 1,
        Terms = new Terms("urn:offer:o", DatasetId, FreeUse),
        CreatedAt = s_now,
        UpdatedAt = s_now,
    };

    public static Agreement Agreement(string peer, Role role) => new()
    {
        Id = AgreementId,
        Role = role,
        Peer = peer,
        Binding = Binding.Grpc,
        NegotiationId = "urn:uuid:n",
        OfferId = "urn:offer:o",
        DatasetId = DatasetId,
        Json = FreeUse,
        Policy = FreeUse,
        SignedAt = s_now,
        Version = 1,
    };

    public static Transfer Transfer(string peer, Role role, string format = Formats.GrpcPull) => new()
    {
        Id = role == Role.Provider ? ProviderPid : ConsumerPid,
        Role = role,
        Peer = peer,
        PeerPid = role == Role.Provider ? ConsumerPid : ProviderPid,
        Binding = Binding.Grpc,
        AgreementId = AgreementId,
        DatasetId = DatasetId,
        Format = format,
        State = TransferState.Started,
        Version = 1,
        TokenHash = TransferTokens.Hash(Token),
        DataAddress = new DataAddress(Formats.GrpcEndpointType, null, ImmutableDictionary<string, string>.Empty.Add(DataAddress.Authorization, Token)),
        CreatedAt = s_now,
        UpdatedAt = s_now,
    };

    public static async Task StoreAsync(this Room room, Change change) 
    {
        if (!await room.Store.CommitAsync(change, default))
        {
            throw new InvalidOperationException("the store holds such records already");
        }
    }
}
