using System.Text.Json.Nodes;
using Connector.ControlPlane.Participants;

namespace Connector.Dsp.Wire;

/// <summary>
/// What the schemas of 2024-1 ask for and those of 2025-1 do not: the address to call back at in every message that an answer follows, who makes
/// an offer, and services as things where 2025-1 has their ids.
/// </summary>
internal static class OlderMembers
{
    /// <param name="document">A document of ours, in the terms of 2024-1.</param>
    /// <param name="peer">Whom a message is sent to; null for an answer.</param>
    public static void Add(JsonObject document, Participant self, string? peer)
    {
        var type = (string?)document["@type"];
        if (type is "dspace:ContractRequestMessage" or "dspace:ContractOfferMessage" or "dspace:ContractAgreementMessage" or "dspace:TransferRequestMessage")
        {
            document["dspace:callbackAddress"] = DspAddresses.Root(self) + DspVersion.V2024.Path;
        }

        foreach (var offer in Offers(document))
        {
            offer["odrl:assigner"] ??= type == "dspace:ContractRequestMessage" ? peer : self.Id;
        }

        foreach (var services in Datasets(document).SelectMany(d => Objects(d["dcat:distribution"])).Select(d => d["dcat:accessService"]).OfType<JsonArray>())
        {
            Spell(services);
        }
    }

    private static IEnumerable<JsonObject> Datasets(JsonObject document) => (string?)document["@type"] == "dcat:Dataset" ? [document] : Objects(document["dcat:dataset"]);

    private static void Spell(JsonArray services)
    {
        for (var i = 0; i < services.Count; i++)
        {
            if (services[i] is JsonValue id)
            {
                services[i] = new JsonObject { ["@id"] = id.DeepClone(), ["@type"] = "dcat:DataService" };
            }
        }
    }

    private static IEnumerable<JsonObject> Offers(JsonObject document) => Objects(document["dspace:offer"]).Concat(Datasets(document).SelectMany(d => Objects(d["odrl:hasPolicy"])));

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node is JsonArray many ? many.OfType<JsonObject>() : node is JsonObject one ? [one] : [];
}
