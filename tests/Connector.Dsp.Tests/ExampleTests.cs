using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Connector.Dsp.JsonLd;
using Connector.Dsp.Wire;
using Connector.Testing.Dsp;

namespace Connector.Dsp.Tests;

/// <summary>The standard's own examples through our documents: nothing is lost.</summary>
public sealed class ExampleTests
{
    public static TheoryData<string> Examples() => [.. Fixtures.Files("dsp-2025-1", "/example/")];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_that_is_read_and_written_again_says_the_same(string file)
    {
        var example = Fixtures.Json(file);
        var written = Again(example);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(example.GetRawText()), JsonNode.Parse(written.GetRawText())), $"{file} became {written}");
        if (example.TryGetProperty("@context", out _))
        {
            Assert.True(JsonNode.DeepEquals(JsonLdExpansion.Expand(example), JsonLdExpansion.Expand(written)), $"{file} means something else as JSON-LD");
        }
    }

    private static JsonElement Again(JsonElement example)
    {
        JsonTypeInfo type = example.TryGetProperty("@type", out var name) ? name.GetString() switch
        {
            "ContractRequestMessage" => DspJson.Strict.ContractRequestDocument,
            "ContractOfferMessage" => DspJson.Strict.ContractOfferDocument,
            "ContractAgreementMessage" => DspJson.Strict.ContractAgreementDocument,
            "ContractAgreementVerificationMessage" or "TransferCompletionMessage" => DspJson.Strict.PidsDocument,
            "ContractNegotiationEventMessage" => DspJson.Strict.ContractEventDocument,
            "ContractNegotiationTerminationMessage" or "TransferSuspensionMessage" or "TransferTerminationMessage" => DspJson.Strict.EndDocument,
            "ContractNegotiation" or "TransferProcess" => DspJson.Strict.ProcessDocument,
            "ContractNegotiationError" or "TransferError" or "CatalogError" => DspJson.Strict.ErrorDocument,
            "TransferRequestMessage" => DspJson.Strict.TransferRequestDocument,
            "TransferStartMessage" => DspJson.Strict.TransferStartDocument,
            "CatalogRequestMessage" => DspJson.Strict.CatalogRequestDocument,
            "DatasetRequestMessage" => DspJson.Strict.DatasetRequestDocument,
            "Catalog" => DspJson.Strict.CatalogDocument,
            "Dataset" => DspJson.Strict.DatasetDocument,
            var other => throw new InvalidOperationException($"there is no document for {other}"),
        }
        : example.TryGetProperty("serviceEndpoint", out _) ? DspJson.Strict.DidServiceDocument : DspJson.Strict.VersionsDocument;
        return JsonSerializer.SerializeToElement(example.Deserialize(type), type);
    }
}
