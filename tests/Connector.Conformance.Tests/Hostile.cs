using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Connector.Conformance.Tests;

/// <summary>A document that must be refused.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Path">Where it is sent, beneath the base address.</param>
/// <param name="Body">Its bytes.</param>
internal sealed record Hostile(string Name, string Path, byte[] Body, string ContentType = "application/json", string? Encoding = null)
{
    private const string Pid = "urn:uuid:00000000-0000-4000-8000-000000000001";

    private static readonly string s_deep = new('[', 5_000);

    public HttpContent Content()
    {
        var content = new ByteArrayContent(Body);
        if (ContentType.Length > 0)
        {
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        }

        if (Encoding is not null)
        {
            content.Headers.ContentEncoding.Add(Encoding);
        }

        return content;
    }

    /// <summary>Every message that opens something or is about something, broken in every member that it needs, in a version's own words.</summary>
    public static IEnumerable<Hostile> All(Dialect dialect)
    {
        foreach (var (path, plain, needed) in Messages())
        {
            var message = dialect.Write(JsonNode.Parse(plain)!.AsObject()).ToJsonString();
            foreach (var broken in Broken(path, message, [.. needed.Select(n => string.Join('.', n.Split('.').Select(dialect.Name)))], dialect).Concat(NoJson(path, message)))
            {
                yield return broken;
            }
        }
    }

    private static IEnumerable<(string Path, string Message, string[] Needed)> Messages()
    {
        const string Head = "\"@context\":[\"https://w3id.org/dspace/2025/1/context.jsonld\"],\"@type\":";
        const string Offer = "\"offer\":{\"@id\":\"CD123:ACN0202:456\",\"@type\":\"Offer\",\"target\":\"ACN0202\",\"permission\":[{\"action\":\"use\"}]}";
        const string Pids = "\"providerPid\":\"" + Pid + "\",\"consumerPid\":\"c-1\"";
        yield return ("/catalog/request", $"{{{Head}\"CatalogRequestMessage\"}}", []);
        yield return ("/negotiations/request", $"{{{Head}\"ContractRequestMessage\",\"consumerPid\":\"c-1\",\"callbackAddress\":\"http://127.0.0.1:1\",{Offer}}}", ["consumerPid", "callbackAddress", "offer", "offer.@id", "offer.target", "offer.permission"]);
        yield return ("/negotiations/offers", $"{{{Head}\"ContractOfferMessage\",\"providerPid\":\"p-1\",\"callbackAddress\":\"http://127.0.0.1:1\",{Offer}}}", ["providerPid", "callbackAddress", "offer", "offer.@id", "offer.target", "offer.permission"]);
        yield return ($"/negotiations/{Pid}/events", $"{{{Head}\"ContractNegotiationEventMessage\",{Pids},\"eventType\":\"ACCEPTED\"}}", ["providerPid", "consumerPid", "eventType"]);
        yield return ($"/negotiations/{Pid}/agreement", $"{{{Head}\"ContractAgreementMessage\",{Pids},\"agreement\":{{\"@id\":\"a\"}}}}", ["providerPid", "consumerPid", "agreement"]);
        yield return ($"/negotiations/{Pid}/agreement/verification", $"{{{Head}\"ContractAgreementVerificationMessage\",{Pids}}}", ["providerPid", "consumerPid"]);
        yield return ($"/negotiations/{Pid}/termination", $"{{{Head}\"ContractNegotiationTerminationMessage\",{Pids}}}", ["providerPid", "consumerPid"]);
        yield return ("/transfers/request", $"{{{Head}\"TransferRequestMessage\",\"consumerPid\":\"c-1\",\"agreementId\":\"ATP0205\",\"format\":\"HttpData-PULL\",\"callbackAddress\":\"http://127.0.0.1:1\"}}", ["consumerPid", "agreementId", "format", "callbackAddress"]);
        yield return ($"/transfers/{Pid}/start", $"{{{Head}\"TransferStartMessage\",{Pids}}}", ["providerPid", "consumerPid"]);
    }

    private static IEnumerable<Hostile> Broken(string path, string message, string[] needed, Dialect dialect)
    {
        string[] values = ["17", "true", "null", "[]", "{}", "\"\"", "{\"@id\":{}}", $"\"{new string('x', 300_000)}\"", "\"a\\u0000b\"", "1e400", "-0.0e-999999999", $"{new string('9', 5_000)}"];
        foreach (var member in needed)
        {
            yield return Text($"{member} is missing", path, Edit(message, member, null));
            foreach (var value in values.Where(v => !(member.EndsWith("permission", StringComparison.Ordinal) && v is "\"\"" or "{\"@id\":{}}")))
            {
                yield return Text($"{member} is {(value.Length < 30 ? value : value[..10] + "…")}", path, Edit(message, member, value));
            }
        }

        yield return Text("@type is missing", path, Edit(message, "@type", null));
        yield return Text("@type is another message's", path, Edit(message, "@type", "\"CatalogError\""));
        yield return Text("@context is unknown", path, Edit(message, "@context", "[\"https://attacker.example/context.jsonld\"]"));
        yield return Text("@context is a number", path, Edit(message, "@context", "17"));
        yield return Text("@context is missing", path, Edit(message, "@context", null));
        if (dialect == Dialect.Newer)
        {
            yield return Text("@context redefines what is protected", path, Edit(message, "@context", "[\"https://w3id.org/dspace/2025/1/context.jsonld\",{\"consumerPid\":\"https://attacker.example/pid\",\"ContractRequestMessage\":\"https://attacker.example/m\"}]"));
        }

        yield return Text("a member twice", path, message[..^1] + ",\"@type\":\"Other\"}");
        yield return Text("deep nesting", path, message[..^1] + ",\"deep\":" + s_deep + new string(']', 5_000) + "}");
    }

    private static IEnumerable<Hostile> NoJson(string path, string message)
    {
        var bytes = Bytes(message);
        yield return new Hostile("empty body", path, []);
        yield return Text("an array", path, "[]");
        yield return Text("a text", path, "\"hello\"");
        yield return Text("null", path, "null");
        yield return new Hostile("cut off", path, bytes[..(bytes.Length / 2)]);
        yield return new Hostile("invalid UTF-8", path, [.. bytes[..^1], .. ",\"x\":\""u8, 0xC3, 0x28, 0xFF, .. "\"}"u8]);
        yield return new Hostile("something after the end", path, [.. bytes, .. "{}"u8]);
        yield return new Hostile("text/plain", path, bytes, "text/plain");
        yield return new Hostile("no media type", path, bytes, "");
        yield return new Hostile("UTF-16", path, System.Text.Encoding.Unicode.GetBytes(message), "application/json; charset=utf-16");
        yield return new Hostile("compressed", path, bytes, Encoding: "gzip");
    }

    private static Hostile Text(string name, string path, string body) => new(name, path, Bytes(body));

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static string Edit(string message, string member, string? value)
    {
        var root = JsonNode.Parse(message)!.AsObject();
        var parts = member.Split('.');
        var at = parts.Length == 1 ? root : root[parts[0]]!.AsObject();
        at.Remove(parts[^1]);
        if (value is not null)
        {
            at[parts[^1]] = JsonNode.Parse(value);
        }

        return root.ToJsonString();
    }
}
