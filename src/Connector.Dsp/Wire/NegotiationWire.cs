using System.Collections.Immutable;
using System.Text.Json;
using Connector.ControlPlane;
using Connector.ControlPlane.Negotiations;

namespace Connector.Dsp.Wire;

/// <summary>Negotiation messages between the standard's documents and the control plane (DSP 2025-1, contract negotiation protocol). Malformed ones stop here.</summary>
internal static class NegotiationWire
{
    private const string Purpose = "odrl:purpose";

    public static ContractRequestMessage Read(ContractRequestDocument d, IIds ids)
    {
        var provider = WireChecks.OptionalId(d.ProviderPid, "providerPid");
        OneOf(d.CallbackAddress, provider, "providerPid");
        return new ContractRequestMessage(MessageId(d, ids), WireChecks.Id(d.ConsumerPid, "consumerPid"), provider, OfferWire.Read(d.Offer), Callback(d.CallbackAddress), Purposes(d.More));
    }

    public static ContractOfferMessage Read(ContractOfferDocument d, IIds ids)
    {
        var consumer = WireChecks.OptionalId(d.ConsumerPid, "consumerPid");
        OneOf(d.CallbackAddress, consumer, "consumerPid");
        return new ContractOfferMessage(MessageId(d, ids), WireChecks.Id(d.ProviderPid, "providerPid"), consumer, OfferWire.Read(d.Offer), Callback(d.CallbackAddress));
    }

    public static ContractAgreementMessage Read(ContractAgreementDocument d, IIds ids) => new(
        MessageId(d, ids), WireChecks.Id(d.ProviderPid, "providerPid"), WireChecks.Id(d.ConsumerPid, "consumerPid"),
        d.Agreement is { ValueKind: JsonValueKind.Object } agreement ? agreement.GetRawText() : throw new MalformedException("agreement", "is missing or no object", "give the ODRL Agreement"),
        Extensions.Read(d, Extensions.Signature));

    public static ContractAgreementVerificationMessage Read(PidsDocument d, IIds ids) =>
        new(MessageId(d, ids), WireChecks.Id(d.ProviderPid, "providerPid"), WireChecks.Id(d.ConsumerPid, "consumerPid"), Extensions.Read(d, Extensions.Signature));

    public static ContractNegotiationEventMessage Read(ContractEventDocument d, IIds ids) => new(
        MessageId(d, ids), WireChecks.Id(d.ProviderPid, "providerPid"), WireChecks.Id(d.ConsumerPid, "consumerPid"),
        WireChecks.Id(d.EventType, "eventType") switch
        {
            "ACCEPTED" => false,
            "FINALIZED" => true,
            var other => throw new MalformedException("eventType", $"is '{other}'", "give ACCEPTED or FINALIZED"),
        });

    public static ContractNegotiationTerminationMessage Read(EndDocument d, IIds ids) => new(
        MessageId(d, ids), WireChecks.Id(d.ProviderPid, "providerPid"), WireChecks.Id(d.ConsumerPid, "consumerPid"), WireChecks.OptionalId(d.Code, "code"), WireChecks.Reasons(d.Reason));

    /// <summary>The message as its document.</summary>
    public static byte[] Write(NegotiationMessage message) => message switch
    {
        ContractRequestMessage m => JsonSerializer.SerializeToUtf8Bytes(
            new ContractRequestDocument
            {
                Context = DspJson.Context, Id = m.Id, Type = "ContractRequestMessage", ConsumerPid = m.ConsumerPid, ProviderPid = m.ProviderPid,
                Offer = OfferWire.Write(m.Offer), CallbackAddress = m.ProviderPid is null ? m.CallbackAddress : null,
                More = Purposes(m.Purposes),
            },
            DspJson.Strict.ContractRequestDocument),
        ContractOfferMessage m => JsonSerializer.SerializeToUtf8Bytes(
            new ContractOfferDocument
            {
                Context = DspJson.Context, Id = m.Id, Type = "ContractOfferMessage", ProviderPid = m.ProviderPid, ConsumerPid = m.ConsumerPid,
                Offer = OfferWire.Write(m.Offer), CallbackAddress = m.ConsumerPid is null ? m.CallbackAddress : null,
            },
            DspJson.Strict.ContractOfferDocument),
        ContractAgreementMessage m => JsonSerializer.SerializeToUtf8Bytes(
            new ContractAgreementDocument { Context = DspJson.Context, Id = m.Id, Type = "ContractAgreementMessage", ProviderPid = m.ProviderPid, ConsumerPid = m.ConsumerPid, Agreement = Json(m.Agreement), More = Extensions.Write((Extensions.Signature, m.Signature)) },
            DspJson.Strict.ContractAgreementDocument),
        ContractAgreementVerificationMessage m => JsonSerializer.SerializeToUtf8Bytes(
            new PidsDocument { Context = DspJson.Context, Id = m.Id, Type = "ContractAgreementVerificationMessage", ProviderPid = m.ProviderPid, ConsumerPid = m.ConsumerPid, More = Extensions.Write((Extensions.Signature, m.Signature)) },
            DspJson.Strict.PidsDocument),
        ContractNegotiationEventMessage m => JsonSerializer.SerializeToUtf8Bytes(
            new ContractEventDocument
            {
                Context = DspJson.Context, Id = m.Id, Type = "ContractNegotiationEventMessage", ProviderPid = m.ProviderPid, ConsumerPid = m.ConsumerPid, EventType = m.Finalized ? "FINALIZED" : "ACCEPTED",
            },
            DspJson.Strict.ContractEventDocument),
        ContractNegotiationTerminationMessage m => JsonSerializer.SerializeToUtf8Bytes(
            new EndDocument
            {
                Context = DspJson.Context, Id = m.Id, Type = "ContractNegotiationTerminationMessage", ProviderPid = m.ProviderPid, ConsumerPid = m.ConsumerPid, Code = m.Code, Reason = Reasons(m.Reasons),
            },
            DspJson.Strict.EndDocument),
        _ => throw new ArgumentOutOfRangeException(nameof(message), message.GetType().Name, "unknown message"),
    };

    /// <summary>The negotiation as the standard shows it.</summary>
    public static byte[] Write(Negotiation n) => JsonSerializer.SerializeToUtf8Bytes(
        new ProcessDocument { Context = DspJson.Context, Type = "ContractNegotiation", ProviderPid = n.ProviderPid, ConsumerPid = n.ConsumerPid, State = NegotiationRules.Name(n.State) },
        DspJson.Strict.ProcessDocument);

    /// <summary>Reasons as texts; none are left out, as the schemas want at least one where the member is.</summary>
    public static IReadOnlyList<JsonElement>? Reasons(IReadOnlyCollection<string> reasons) =>
        reasons.Count == 0 ? null : [.. reasons.Select(r => JsonSerializer.SerializeToElement(r, Strings.Default.String))];

    /// <summary>Deployed peers give each message an id and repeat it on retries; without one every message is a new one.</summary>
    public static string MessageId(DspDocument document, IIds ids) => WireChecks.OptionalId(document.Id, "@id") ?? ids.NewId();

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    // The standard has no member for what the data is wanted for; one of ODRL's own beside its members is let pass by every peer.
    private static Dictionary<string, JsonElement>? Purposes(ImmutableArray<string> purposes) =>
        purposes.IsDefaultOrEmpty ? null : new() { [Purpose] = JsonSerializer.SerializeToElement([.. purposes], Strings.Default.StringArray) };

    private static ImmutableArray<string> Purposes(Dictionary<string, JsonElement>? more)
    {
        if (more is null || !more.TryGetValue(Purpose, out var found))
        {
            return [];
        }

        JsonElement[] values = found.ValueKind == JsonValueKind.Array ? [.. found.EnumerateArray().Take(WireChecks.MaxList + 1)] : [found];
        return values.Length <= WireChecks.MaxList
            ? [.. values.Select(v => WireChecks.Id(v.ValueKind == JsonValueKind.String ? v.GetString() : null, Purpose))]
            : throw new MalformedException(Purpose, $"has more than {WireChecks.MaxList} entries", "shorten the list");
    }

    private static void OneOf(string? callback, string? pid, string name)
    {
        if (callback is not null && pid is not null)
        {
            throw new MalformedException("callbackAddress", $"is given together with {name}", $"give callbackAddress in the first message, {name} in later ones");
        }

        if (callback is null && pid is null)
        {
            throw new MalformedException("callbackAddress", $"is missing, and so is {name}", $"give callbackAddress in the first message, {name} in later ones");
        }
    }

    private static string? Callback(string? address) => address is null ? null : WireChecks.Address(address, "callbackAddress");
}
