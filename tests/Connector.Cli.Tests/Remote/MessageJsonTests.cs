using System.Text.Json.Nodes;
using Connector.Cli.Output;
using Connector.Cli.Remote;
using Connector.Management.V1;
using Google.Protobuf.WellKnownTypes;

namespace Connector.Cli.Tests.Remote;

public sealed class MessageJsonTests
{
    [Fact]
    public void A_message_is_shown_with_numbers_times_and_the_json_it_holds()
    {
        var negotiation = new Negotiation
        {
            Id = "urn:uuid:1",
            Terms = """{"permission":[{"action":"use"}]}""",
            AgreementId = "",
            CreatedAt = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero)),
            Version = 3,
            Termination = new Termination { Code = "gone", Reasons = { "a", "b" } },
        };

        var json = MessageJson.Of(negotiation);

        Assert.Equal(
            """{"id":"urn:uuid:1","terms":{"permission":[{"action":"use"}]},"termination":{"code":"gone","reasons":["a","b"]},"createdAt":"2026-01-02T03:04:05.678+00:00","version":3}""",
            json.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Fact]
    public void A_size_that_is_not_known_is_left_out_and_a_size_of_nothing_is_not()
    {
        Assert.False(MessageJson.Of(new CatalogDataset { Id = "a" }).ContainsKey("size"));
        Assert.Equal(0, (long)MessageJson.Of(new CatalogDataset { Id = "a", Size = 0 })["size"]!);
    }

    [Fact]
    public void Yaml_says_the_same_and_quotes_what_could_be_taken_for_something_else()
    {
        var answer = new JsonObject
        {
            ["name"] = "みどり: a #1",
            ["number"] = "8000012010038",
            ["yes"] = "no",
            ["empty"] = new JsonArray(),
            ["rows"] = new JsonArray(new JsonObject { ["a"] = 1, ["b"] = new JsonArray("x", "- y") }, "z"),
        };

        Assert.Equal(
            """
            name: "みどり: a #1"
            number: "8000012010038"
            "yes": "no"
            empty: []
            rows:
              - a: 1
                b:
                  - x
                  - "- y"
              - z

            """,
            YamlText.Of(answer));
    }
}
