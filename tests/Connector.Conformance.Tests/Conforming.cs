using System.Text.Json;
using System.Text.Json.Nodes;
using Connector.Testing.Dsp;

namespace Connector.Conformance.Tests;

/// <summary>What the connector sends must validate against the standard's own schemas.</summary>
internal static class Conforming
{
    public static void To(string schema, JsonNode body) => Assert.Empty(DspSchemas.Validate("2025-1", schema, JsonSerializer.SerializeToElement(body)));
}
