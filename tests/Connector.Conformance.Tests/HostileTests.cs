using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Connector.Conformance.Tests;

/// <summary>Whatever is sent: the right status, the standard's error body with a reason, nothing changed, no fault of ours.</summary>
public sealed class HostileTests(Suite suite) : IClassFixture<Suite>
{
    [Theory]
    [InlineData("2025-1")]
    [InlineData("2024-1")]
    public async Task Every_hostile_document_is_refused_with_a_reason_and_changes_nothing(string version)
    {
        var dialect = version == "2025-1" ? Dialect.Newer : Dialect.Older;
        var before = await suite.SnapshotAsync();
        var documents = Hostile.All(dialect).ToList();
        Assert.True(documents.Count >= 200, $"only {documents.Count} documents");
        List<string> wrong = [];
        foreach (var document in documents)
        {
            using var content = document.Content();
            var (status, body) = await suite.PostAsync(suite.At(dialect) + document.Path, content);
            if (status is < 400 or >= 500)
            {
                wrong.Add($"{document.Path} {document.Name}: answered {status} {Brief(body)}");
            }
            else if (!IsError(dialect, body))
            {
                wrong.Add($"{document.Path} {document.Name}: {status} {Brief(body)}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, await suite.SnapshotAsync());
    }

    // The standard's error body by its schema, with a reason.
    private static bool IsError(Dialect dialect, JsonNode? body) =>
        body is JsonObject document && dialect.Read(document) is var told && (string?)told["@type"] is "CatalogError" or "ContractNegotiationError" or "TransferError" && told["reason"]?[0] is not null && dialect.Faults(document).Count == 0;

    private static string Brief(JsonNode? body) => body?.ToJsonString() is { } text ? text[..Math.Min(text.Length, 200)] : "nothing";

    [Fact]
    public async Task A_body_of_100_megabytes_is_refused_without_being_read()
    {
        using var content = new ByteArrayContent(new byte[100 * 1024 * 1024]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            Assert.Equal(413, (await suite.PostAsync(suite.Base + "/negotiations/request", content)).Status);
        }
        catch (HttpRequestException)
        {
            // The connection was closed while we were still sending: refused, too.
        }

        Assert.Equal(200, (await suite.GetAsync($"http://127.0.0.1:{suite.DspPort}/.well-known/dspace-version")).Status);
    }
}
