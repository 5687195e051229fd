using System.Text.Json.Nodes;

namespace Connector.Conformance.Tests;

/// <summary>2024-1: terms with prefixes, values as names of things, the callback address and the offer's assigner in every message.</summary>
internal sealed class OlderDialect : Dialect
{
    public const string Context = "https://w3id.org/dspace/2024/1/context.json";

    private static readonly string[] s_odrl = ["target", "permission", "prohibition", "obligation", "action", "constraint", "assigner", "assignee", "leftOperand", "operator", "rightOperand", "Offer", "Agreement", "use"];
    private static readonly string[] s_named = ["@type", "eventType", "state", "action"];

    public override string Version => "2024-1";

    public override JsonObject Write(JsonObject plain)
    {
        var older = Prefixed(plain);
        older["@context"] = Context;
        if ((string)plain["@type"]! is "ContractAgreementMessage" or "ContractOfferMessage" or "ContractRequestMessage")
        {
            older["dspace:callbackAddress"] ??= "http://127.0.0.1:1/unused-when-the-process-is-open";
        }

        return older;
    }

    public override string Name(string member) => NameOf(member);

    private static string NameOf(string member) => member[0] == '@' ? member : member == "format" ? "dct:format" : Term(member);

    public override JsonObject Read(JsonObject sent) => Bare(sent);

    protected override string SchemaOf(string name) => $"{FolderOf(name)}/message/schema/{name}-schema.json";

    private static JsonObject Prefixed(JsonObject plain) => new(plain.Where(m => m.Key != "@context").Select(m => KeyValuePair.Create(
        NameOf(m.Key),
        m.Value switch
        {
            JsonObject one => Prefixed(one),
            JsonArray many => new JsonArray([.. many.Where(i => i is not JsonArray { Count: 0 }).Select(i => i is JsonObject one ? Prefixed(one) : i?.DeepClone())]),
            { } value when s_named.Contains(m.Key) => Term((string)value!),
            _ => m.Value?.DeepClone(),
        })).Where(m => m.Value is not JsonArray { Count: 0 }));

    private static JsonObject Bare(JsonObject sent) => new(sent.Select(m => KeyValuePair.Create(
        Local(m.Key),
        m.Value switch
        {
            JsonObject { Count: 1 } reference when reference["@id"] is JsonValue id => id.DeepClone(),
            JsonObject one => Bare(one),
            JsonArray many => new JsonArray([.. many.Select(i => i is JsonObject one ? Bare(one) : i?.DeepClone())]),
            { } value when s_named.Contains(Local(m.Key)) => Local((string)value!),
            _ => m.Value?.DeepClone(),
        })));

    private static string Term(string word) => (s_odrl.Contains(word) ? "odrl:" : "dspace:") + word;

    private static string Local(string word) => word.Split(':') is ["dspace" or "odrl" or "dct" or "dcat", var local] ? local : word;
}
