using System.Net.Http.Headers;

namespace Connector.Conformance.Tests;

/// <summary>Whatever is sent: the right status, the standard's error body with a reason, nothing changed, no fault of ours.</summary>
public sealed class HostileTests(Suite suite) : IClassFixture<Suite>
{
    [Fact]
    public async Task Every_hostile_document_is_refused_with_a_reason_and_changes_nothing()
    {
        var before = await suite.SnapshotAsync();
        var documents = Hostile.All().ToList();
        Assert.True(documents.Count >= 200, $"only {documents.Count} documents");
        List<string> wrong = [];
        foreach (var document in documents)
        {
            using var content = document.Content();
            var (status, body) = await suite.PostAsync(suite.Base + document.Path, content);
            var schema = document.Path.Split('/')[1] switch
            {
                "catalog" => "catalog/catalog-error-schema.json",
                "negotiations" => "negotiation/contract-negotiation-error-schema.json",
                _ => "transfer/transfer-error-schema.json",
            };
            if (status is < 400 or >= 500)
            {
                wrong.Add($"{document.Path} {document.Name}: answered {status} {Brief(body)}");
            }
            else if (body?["reason"]?[0] is null || Testing.Dsp.DspSchemas.Validate("2025-1", schema, System.Text.Json.JsonSerializer.SerializeToElement(body)) is { Count: > 0 })
            {
                wrong.Add($"{document.Path} {document.Name}: {status} {Brief(body)}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, await suite.SnapshotAsync());
    }

    private static string Brief(System.Text.Json.Nodes.JsonNode? body) => body?.ToJsonString() is { } text ? text[..Math.Min(text.Length, 200)] : "nothing";

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
