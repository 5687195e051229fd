using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Connector.ControlPlane;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Transfers;
using Connector.Dsp.Errors;
using Connector.Dsp.Wire;

namespace Connector.Dsp.Tests;

/// <summary>What this connector sends, made by its own writers: for each of the standard's examples what is read from it and written again, or our own of that kind.</summary>
internal static class Sent
{
    private static readonly Participant s_self = new("did:web:connector.example", "ours", "https://connector.example:7443", "https://connector.example/dsp/2025-1");
    private static readonly Refusal s_refusal = new(RefusalKind.Malformed, "malformed", "a field is missing", "field", "give it");
    private static readonly Ids s_ids = new();

    /// <summary>Our own document of the example's kind.</summary>
    public static JsonElement Like(JsonElement example) => NegotiationWire.Json(System.Text.Encoding.UTF8.GetString(Bytes(example)));

    /// <summary>All that the published schemas say something about in a document: the whole of it by its own schema, and its parts by theirs.</summary>
    public static IEnumerable<(string Schema, JsonElement Part)> Parts(string schema, JsonElement sent)
    {
        yield return (schema, sent);
        if (sent.TryGetProperty("@context", out var context))
        {
            yield return ("common/context-schema.json", context);
        }

        if (sent.TryGetProperty("offer", out var offer))
        {
            yield return ("negotiation/contract-schema.json#/definitions/MessageOffer", offer);
        }

        if (sent.TryGetProperty("agreement", out var agreement))
        {
            yield return ("negotiation/contract-schema.json#/definitions/Agreement", agreement);
        }

        if (sent.TryGetProperty("dataAddress", out var address))
        {
            yield return ("transfer/data-address-schema.json", address);
        }

        if (schema is "transfer/transfer-suspension-message-schema.json" or "transfer/transfer-termination-message-schema.json" or "transfer/transfer-error-schema.json")
        {
            yield return ("transfer/transfer-schema.json", sent);
        }
    }

    private static byte[] Bytes(JsonElement e) => e.TryGetProperty("@type", out var type) ? type.GetString() switch
    {
        "ContractRequestMessage" => NegotiationWire.Write(NegotiationWire.Read(Read(e, DspJson.Strict.ContractRequestDocument), s_ids)),
        "ContractOfferMessage" => NegotiationWire.Write(NegotiationWire.Read(Read(e, DspJson.Strict.ContractOfferDocument), s_ids)),
        "ContractAgreementMessage" => NegotiationWire.Write(NegotiationWire.Read(Read(e, DspJson.Strict.ContractAgreementDocument), s_ids)),
        "ContractAgreementVerificationMessage" => NegotiationWire.Write(NegotiationWire.Read(Read(e, DspJson.Strict.PidsDocument), s_ids)),
        "ContractNegotiationEventMessage" => NegotiationWire.Write(NegotiationWire.Read(Read(e, DspJson.Strict.ContractEventDocument), s_ids)),
        "ContractNegotiationTerminationMessage" => NegotiationWire.Write(NegotiationWire.Read(Read(e, DspJson.Strict.EndDocument), s_ids)),
        "ContractNegotiation" => NegotiationWire.Write(Negotiation()),
        "ContractNegotiationError" => ErrorShape.Negotiation.Write(s_refusal, "urn:uuid:1", null),
        "TransferRequestMessage" => TransferWire.Write(TransferWire.Read(Read(e, DspJson.Strict.TransferRequestDocument), s_ids)),
        "TransferStartMessage" => TransferWire.Write(TransferWire.Read(Read(e, DspJson.Strict.TransferStartDocument), s_ids)),
        "TransferCompletionMessage" => TransferWire.Write(TransferWire.ReadCompletion(Read(e, DspJson.Strict.PidsDocument), s_ids)),
        "TransferSuspensionMessage" => TransferWire.Write(TransferWire.ReadSuspension(Read(e, DspJson.Strict.EndDocument), s_ids)),
        "TransferTerminationMessage" => TransferWire.Write(TransferWire.ReadTermination(Read(e, DspJson.Strict.EndDocument), s_ids)),
        "TransferProcess" => TransferWire.Write(Transfer()),
        "TransferError" => ErrorShape.Transfer.Write(s_refusal, null, null),
        "CatalogRequestMessage" => CatalogWire.Request(),
        "DatasetRequestMessage" => JsonSerializer.SerializeToUtf8Bytes(CatalogWire.Request(e.GetProperty("dataset").GetString()!), DspJson.Strict.DatasetRequestDocument),
        "Catalog" => CatalogWire.Write(CatalogWire.Read(Read(e, DspJson.Strict.CatalogDocument), null), "urn:service", s_self.DspAddress!),
        "Dataset" => CatalogWire.Write(CatalogWire.Read(Read(e, DspJson.Strict.DatasetDocument)), "urn:service"),
        "CatalogError" => ErrorShape.Catalog.Write(s_refusal, null, null),
        var other => throw new InvalidOperationException($"nothing is sent that is a {other}"),
    }
    : e.TryGetProperty("serviceEndpoint", out _) ? Service(e.GetProperty("type").GetString()!) : VersionWire.Write(s_self);

    private static T Read<T>(JsonElement example, JsonTypeInfo<T> type) => example.Deserialize(type)!;

    private static byte[] Service(string type)
    {
        using var document = JsonDocument.Parse(DidWire.Write(s_self, []));
        return JsonSerializer.SerializeToUtf8Bytes(document.RootElement.GetProperty("service").EnumerateArray().Single(s => s.GetProperty("type").GetString() == type));
    }

    private static Negotiation Negotiation() => new()
    {
        Id = "urn:uuid:1", Role = Role.Provider, Peer = "did:web:peer.example", PeerPid = "urn:uuid:2", Binding = Binding.Dsp, State = NegotiationState.Requested, Version = 1,
        Terms = new Terms("urn:offer", "urn:dataset", "{}"), CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch,
    };

    private static Transfer Transfer() => new()
    {
        Id = "urn:uuid:1", Role = Role.Provider, Peer = "did:web:peer.example", PeerPid = "urn:uuid:2", Binding = Binding.Dsp, AgreementId = "urn:agreement", DatasetId = "urn:dataset", Format = "HttpData-PULL",
        State = TransferState.Requested, Version = 1, CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch,
    };

    private sealed class Ids : IIds
    {
        public string NewId() => "urn:uuid:" + Guid.NewGuid();

        public string NewSecret() => throw new NotSupportedException();
    }
}
