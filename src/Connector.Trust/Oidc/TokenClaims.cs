using System.Collections.Immutable;
using System.Text.Json;
using Connector.Policies;

namespace Connector.Trust.Oidc;

/// <summary>Takes the mapped claims out of an access token's payload.</summary>
internal static class TokenClaims
{
    private const int MaximumValues = 64;
    private const int MaximumValueLength = 1024;

    /// <summary>Our claims by name; one that the token does not have, or has in a shape without values, is absent.</summary>
    public static ImmutableDictionary<string, Claim> Map(JsonElement payload, IReadOnlyDictionary<string, string> map, string source)
    {
        var claims = ImmutableDictionary.CreateBuilder<string, Claim>(StringComparer.Ordinal);
        foreach (var (name, path) in map)
        {
            if (Find(payload, path) is { } element && Values(element) is { Length: > 0 } values)
                claims[name] = new Claim(values, source);
        }

        return claims.ToImmutable();
    }

    /// <summary>The one string that the claim holds, or null.</summary>
    public static string? Single(JsonElement payload, string path) =>
        Find(payload, path) is { ValueKind: JsonValueKind.String } element && element.GetString() is { Length: > 0 and <= MaximumValueLength } text ? text : null;

    private static JsonElement? Find(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        // A claim's own name may hold dots (URLs do), so the whole is tried before its parts.
        if (element.TryGetProperty(path, out var whole))
            return whole;
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && element.TryGetProperty(path[..dot], out var part) ? Find(part, path[(dot + 1)..]) : null;
    }

    private static ImmutableArray<string> Values(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? [.. element.EnumerateArray().Take(MaximumValues).Select(Value).OfType<string>()]
        : Value(element) is { } single ? [single] : [];

    private static string? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString() is { Length: <= MaximumValueLength } text ? text : null,
        JsonValueKind.Number => element.GetRawText() is { Length: <= MaximumValueLength } number ? number : null,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };
}
