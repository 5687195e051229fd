using System.Text.Json;
using System.Text.Json.Nodes;
using Connector.Testing.Dsp;

namespace Connector.Conformance.Tests;

/// <summary>What the connector sends must validate against the standard's own schemas.</summary>
internal static class Conforming
{
    public static void To(string schema, JsonNode body) => Assert.Empty(DspSchemas.Validate("2025-1", schema, JsonSerializer.SerializeToElement(body)));

    /// <summary>A message, by its type.</summary>
    public static void Message(string subProtocol, JsonObject body) => To($"{Folder(subProtocol)}/{File((string)body["@type"]!)}-schema.json", body);

    public static void Process(string subProtocol, JsonNode body) => To(subProtocol == "negotiations" ? "negotiation/contract-negotiation-schema.json" : "transfer/transfer-process-schema.json", body);

    public static void Error(string subProtocol, JsonNode body) => To(subProtocol == "negotiations" ? "negotiation/contract-negotiation-error-schema.json" : "transfer/transfer-error-schema.json", body);

    private static string Folder(string subProtocol) => subProtocol == "negotiations" ? "negotiation" : "transfer";

    // ContractRequestMessage is told by contract-request-message.
    private static string File(string type) => string.Concat(type.Select((c, i) => char.IsUpper(c) && i > 0 ? "-" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
