using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Connector.Trust.Keys;

namespace Connector.Trust.Tests.Tokens;

/// <summary>Makes tokens as an attacker, or a mistaken peer, would: any header, any payload, signed or not.</summary>
internal static class Forge
{
    public static JsonObject Header(SigningKey key) => new() { ["alg"] = "ES256", ["kid"] = key.Id, ["typ"] = "JWT" };

    public static JsonObject Payload(Party from, Party to)
    {
        var now = from.Time.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject
        {
            ["iss"] = from.Id,
            ["sub"] = from.Id,
            ["aud"] = to.Id,
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + 60,
            ["jti"] = "urn:uuid:0190f0a2-0000-7000-8000-000000000001",
        };
    }

    public static string Sign(JsonNode header, JsonNode payload, SigningKey key) => Sign(header.ToJsonString(), payload.ToJsonString(), key);

    public static string Sign(string header, string payload, SigningKey key)
    {
        var input = $"{Part(header)}.{Part(payload)}";
        return $"{input}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(input)))}";
    }

    public static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
