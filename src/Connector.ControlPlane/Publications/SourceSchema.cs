using System.Text.Json.Nodes;
using static Connector.Policies.Schemas.Schema;

namespace Connector.ControlPlane.Publications;

/// <summary>The JSON Schema of a Dataset document's <c>source</c>, as <see cref="SourceReader"/> reads it.</summary>
internal static class SourceSchema
{
    public static JsonObject Make() => AnyOf(
        Mapping(new JsonObject { ["file"] = Text().Said("A file, from the folder of this document.") }, "file"),
        Mapping(new JsonObject { ["folder"] = Text().Said("A folder, from the folder of this document.") }, "folder"),
        Mapping(new JsonObject { ["http"] = Http() }, "http")).Said("Where its bytes are.");

    private static JsonObject Http() => Mapping(
        new JsonObject
        {
            ["url"] = Text("^https?://").Said("The address that is asked, by GET."),
            ["paths"] = SomeOf(Text()).Said("What a reader may put behind the url: parts with '/' between, '*' for any one part, '**' at the end for any number. Nothing when left out."),
            ["query"] = SomeOf(Text()).Said("Names of query parameters that a reader may give. None when left out."),
            ["headers"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = Text() }.Said("Header fields that are sent along; none that holds a secret."),
            ["credentials"] = Credentials(),
            ["allowedNetworks"] = SomeOf(Text()).Said("Private networks that the address may lead into, such as 10.0.0.0/8. None when left out."),
            ["maxBytes"] = AnyOf(new JsonObject { ["type"] = "integer", ["minimum"] = 1 }, Text("^0*[1-9][0-9]*$")).Said("The most that is taken of it, in bytes."),
        },
        "url").Said("A dataset that another server has, asked for when it is read.");

    private static JsonObject Credentials() => Mapping(new JsonObject
    {
        ["bearer"] = Secret("The token of Authorization: Bearer."),
        ["basic"] = Mapping(new JsonObject { ["user"] = Text(), ["password"] = Secret("The password.") }, "user", "password").Said("User and password of Authorization: Basic."),
        ["headers"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = Secret("The field's value.") }.Said("Header fields whose value is a secret."),
    }).Said("What proves this connector to the source. No secret stands in a document: each names the place of one.");

    private static JsonObject Secret(string says) => AnyOf(
        Mapping(new JsonObject { ["file"] = Text().Said("A file that holds it, from the folder of this document.") }, "file"),
        Mapping(new JsonObject { ["env"] = Text().Said("An environment variable of the connector that holds it.") }, "env")).Said(says);
}
