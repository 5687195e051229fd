using System.Buffers;
using System.Text;
using System.Text.Json;
using Connector.ControlPlane.Negotiations;

namespace Connector.Dsp.Wire;

/// <summary>Offers between their document and the terms of a negotiation.</summary>
internal static class OfferWire
{
    /// <summary>Bytes of rules beyond which an offer is refused.</summary>
    private const int MaxRules = 256 * 1024;

    /// <summary>The terms of a message's offer (DSP 2025-1, MessageOffer).</summary>
    public static Terms Read(OfferDocument? offer)
    {
        if (offer is null)
        {
            throw new MalformedException("offer", "is missing", "give the offer with @id, target and its rules");
        }

        if (offer.Type is not null and not "Offer")
        {
            throw new MalformedException("offer.@type", $"is '{WireChecks.Line(offer.Type, "offer.@type", WireChecks.MaxId)}'", "send an Offer");
        }

        return new Terms(WireChecks.Id(offer.Id, "offer.@id"), WireChecks.Id(offer.Target, "offer.target"), Rules(offer, "offer"));
    }

    /// <summary>The rules alone, as they were written.</summary>
    public static string Rules(OfferDocument offer, string field)
    {
        if (IsEmpty(offer.Permission) && IsEmpty(offer.Prohibition))
        {
            throw new MalformedException(field + ".permission", "is missing, and so is prohibition", "free use is \"permission\": [ { \"action\": \"use\" } ]");
        }

        MustBeRules(offer.Permission, field + ".permission");
        MustBeRules(offer.Prohibition, field + ".prohibition");
        MustBeRules(offer.Obligation, field + ".obligation");
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            Member(writer, "profile", offer.Profile);
            Member(writer, "permission", offer.Permission);
            Member(writer, "prohibition", offer.Prohibition);
            Member(writer, "obligation", offer.Obligation);
            writer.WriteEndObject();
        }

        return buffer.WrittenCount <= MaxRules
            ? Encoding.UTF8.GetString(buffer.WrittenSpan)
            : throw new MalformedException(field, $"has rules of {buffer.WrittenCount} bytes, at most {MaxRules} are taken", "simplify the policy");
    }

    /// <summary>An offer with its target, for a message.</summary>
    public static OfferDocument Write(Terms terms) => Write(terms.OfferId, terms.Policy) with { Target = terms.DatasetId };

    /// <summary>An offer without target, for a catalog: the dataset it stands in is its target.</summary>
    public static OfferDocument Write(string id, string policy)
    {
        using var rules = JsonDocument.Parse(policy);
        return new OfferDocument
        {
            Id = id,
            Type = "Offer",
            Profile = Member(rules, "profile"),
            Permission = Member(rules, "permission"),
            Prohibition = Member(rules, "prohibition"),
            Obligation = Member(rules, "obligation"),
        };
    }

    private static JsonElement? Member(JsonDocument rules, string name) => rules.RootElement.TryGetProperty(name, out var found) && !IsEmpty(found) ? found.Clone() : null;

    private static void Member(Utf8JsonWriter writer, string name, JsonElement? value)
    {
        if (!IsEmpty(value))
        {
            writer.WritePropertyName(name);
            value!.Value.WriteTo(writer);
        }
    }

    private static void MustBeRules(JsonElement? rules, string field)
    {
        if (!IsEmpty(rules) && !(rules!.Value.ValueKind == JsonValueKind.Array ? rules.Value.EnumerateArray().All(IsRule) : IsRule(rules.Value)))
        {
            throw new MalformedException(field, "is no rule, or no list of rules", "write [ { \"action\": \"use\" } ]");
        }
    }

    private static bool IsRule(JsonElement rule) => rule.ValueKind == JsonValueKind.Object && rule.TryGetProperty("action", out var action) && action.ValueKind is JsonValueKind.String or JsonValueKind.Object;

    private static bool IsEmpty(JsonElement? rules) =>
        rules is not { } found || found.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined || (found.ValueKind == JsonValueKind.Array && found.GetArrayLength() == 0);
}
