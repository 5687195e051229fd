using Connector.ControlPlane.Explanations;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Grpc.Tests.Rooms;
using Connector.Policies;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using V1 = Connector.Management.V1;

namespace Connector.Grpc.Tests.Management;

/// <summary>Transfers that were refused, over the operator's API.</summary>
public sealed class RefusedTransferTests : IAsyncLifetime
{
    private Partners _partners = null!;

    public async ValueTask InitializeAsync() => _partners = await Partners.StartAsync();

    public ValueTask DisposeAsync() => _partners.DisposeAsync();

    [Fact]
    public async Task Refused_transfers_are_listed_with_what_their_consumers_were_told()
    {
        var verdict = new StoredVerdict(EnforcementPoint.Transfer, new DateTimeOffset(2026, 11, 24, 2, 0, 0, TimeSpan.Zero), """{"permitted":false,"trace":[]}""");
        await _partners.Provider.StoreAsync(new Change { RefusedTransfers = [new RefusedTransfer("r", "did:web:consumer.example", "c-1", Sample.AgreementId, "Grpc-PULL", "policy-denied", "not you", verdict)] });

        var expected = new V1.RefusedTransfer { Id = "r", Peer = "did:web:consumer.example", ConsumerPid = "c-1", AgreementId = Sample.AgreementId, Format = "Grpc-PULL", At = verdict.At.ToTimestamp(), Code = "policy-denied", Reason = "not you" };
        Assert.Equal(expected, Assert.Single((await Transfers.ListRefusedAsync(new V1.ListRequest { Peer = "did:web:consumer.example" }, Operator)).Refused));
        Assert.Empty((await Transfers.ListRefusedAsync(new V1.ListRequest { Peer = "did:web:other.example" }, Operator)).Refused);
        var explained = await new V1.PolicyService.PolicyServiceClient(_partners.Raw(_partners.Provider.ManagementAddress)).ExplainAsync(new V1.ExplainRequest { Id = "c-1" }, Operator);
        Assert.Equal((true, "transfer", verdict.At.ToTimestamp(), verdict.Json), (explained.Stored, explained.Point, explained.At, explained.Verdict));
    }

    private V1.TransferService.TransferServiceClient Transfers => new(_partners.Raw(_partners.Provider.ManagementAddress));

    private static Metadata Operator => Partners.Bearer(Room.OperatorToken);
}
