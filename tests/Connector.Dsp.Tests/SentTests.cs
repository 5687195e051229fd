using System.Text.Json;
using Connector.Dsp.Wire;
using Connector.Testing.Dsp;

namespace Connector.Dsp.Tests;

/// <summary>What only a caller sends, held to the published schema.</summary>
public sealed class SentTests
{
    [Fact]
    public void A_catalog_request_validates()
    {
        using var sent = JsonDocument.Parse(CatalogWire.Request());

        Assert.Empty(DspSchemas.Validate("2025-1", "catalog/catalog-request-message-schema.json", sent.RootElement));
    }
}
