using System.Collections.Immutable;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Catalogs;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Transfers;
using Connector.Grpc.Peers;
using Google.Protobuf;
using V1 = Dataspace.Peer.V1;

namespace Connector.Grpc.Tests.Wire;

/// <summary>One message of each kind, with every field set to something of its own; by the name of its golden files.</summary>
internal static class Messages
{
    private const string Policy = """{"permission":[{"action":"use","constraint":[{"leftOperand":"purpose","operator":"isAnyOf","rightOperand":["pcf-calculation"]}]}]}""";

    private static readonly Terms s_terms = new("urn:offer:o", "urn:dataset:d", Policy);
    private static readonly SignedReceipt s_receipt = new("""{"type":"TransferReceipt"}""", "eyJhbGciOiJFUzI1NiJ9..c2ln");
    private static readonly DataAddress s_address = new(Formats.GrpcEndpointType, "https://provider.example:7443", ImmutableDictionary<string, string>.Empty.Add("authorization", "secret").Add("authType", "bearer"));
    private static readonly CatalogDataset s_dataset = new(
        "urn:dataset:d", ImmutableSortedDictionary<string, string>.Empty.Add("en", "Footprint").Add("ja", "フットプリント"), "pact/3.0", "application/json", 2402, new string('a', 64),
        [Formats.GrpcPull, Formats.GrpcPush], [new CatalogOffer("urn:offer:o", Policy)]);

    public static IReadOnlyDictionary<string, IMessage> All { get; } = new Dictionary<string, IMessage>
    {
        ["ContractRequestMessage"] = NegotiationWire.Write(new ContractRequestMessage("m", "c", "p", s_terms, null, ["pcf-calculation", "regulatory-reporting"])),
        ["ContractRequestMessage.first"] = NegotiationWire.Write(new ContractRequestMessage("m", "c", null, s_terms, null, [])),
        ["ContractOfferMessage"] = NegotiationWire.Write(new ContractOfferMessage("m", "p", "c", s_terms, null)),
        ["ContractAgreementMessage"] = NegotiationWire.Write(new ContractAgreementMessage("m", "p", "c", """{"@type":"Agreement","@id":"urn:uuid:a"}""", "eyJhbGciOiJFUzI1NiJ9..c2ln")),
        ["ContractAgreementVerificationMessage"] = NegotiationWire.Write(new ContractAgreementVerificationMessage("m", "p", "c", "eyJhbGciOiJFUzI1NiJ9..c2ln")),
        ["ContractNegotiationEventMessage.accepted"] = NegotiationWire.Write(new ContractNegotiationEventMessage("m", "p", "c", false)),
        ["ContractNegotiationEventMessage.finalized"] = NegotiationWire.Write(new ContractNegotiationEventMessage("m", "p", "c", true)),
        ["ContractNegotiationTerminationMessage"] = NegotiationWire.Write(new ContractNegotiationTerminationMessage("m", "p", "c", "policy-denied", ["one", "二"])),
        ["AgreementEndMessage"] = NegotiationWire.Write("m", "urn:uuid:a", new AgreementEnd(new DateTimeOffset(2026, 12, 1, 9, 0, 0, 123, TimeSpan.FromHours(9)), default, "revoked", "the contract was ended")),
        ["TransferRequestMessage.pull"] = TransferWire.Write(new TransferRequestMessage("m", "c", "urn:uuid:a", Formats.GrpcPull, null, null)),
        ["TransferRequestMessage.push"] = TransferWire.Write(new TransferRequestMessage("m", "c", "urn:uuid:a", Formats.GrpcPush, null, s_address)),
        ["TransferStartMessage"] = TransferWire.Write(new TransferStartMessage("m", "p", "c", s_address)),
        ["TransferSuspensionMessage"] = TransferWire.Write(new TransferSuspensionMessage("m", "p", "c", "maintenance", ["back at nine"])),
        ["TransferCompletionMessage"] = TransferWire.Write(new TransferCompletionMessage("m", "p", "c", s_receipt)),
        ["TransferCompletionMessage.provider"] = TransferWire.Write(new TransferCompletionMessage("m", "p", "c", null)),
        ["TransferTerminationMessage"] = TransferWire.Write(new TransferTerminationMessage("m", "p", "c", null, [])),
        ["SignedReceipt"] = TransferWire.Write(s_receipt),
        ["Catalog"] = CatalogWire.Write(new Catalog("urn:catalog:x", "did:web:x.example", [s_dataset], "500")),
        ["Dataset.unknown"] = CatalogWire.Write(new CatalogDataset("urn:dataset:e", ImmutableSortedDictionary<string, string>.Empty, null, null, null, null, [], [])),
        ["ManifestPart.head"] = ManifestWire.Write(Manifest()).First(),
        ["ManifestPart.file"] = ManifestWire.Write(Manifest()).Last(),
        ["Piece"] = ManifestWire.Write(new Piece(1, 2, new byte[] { 1, 2, 3 }, true)),
        ["PushRequest.first"] = new V1.PushRequest { ConsumerPid = "c", Token = "secret" },
        ["PullRequest"] = new V1.PullRequest { ProviderPid = "p", Token = "secret", FromFile = 1, FromChunk = 2 },
    };

    private static Manifest Manifest() => new("application/json", [new ManifestFile("data.json", 3, new byte[32], 1024, new byte[32], new byte[32])]);
}
