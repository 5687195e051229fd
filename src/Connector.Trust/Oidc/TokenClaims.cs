using System.Collections.Immutable;
using System.Text.Json;
using Connector.ControlPlane;
using Connector.Policies;
using Connector.Trust.Tokens;

namespace Connector.Trust.Oidc;

/// <summary>Takes the mapped claims out of an access token's payload: each whole, or the token is refused.</summary>
internal static class TokenClaims
{
    private const int MaximumValues = 512;
    private const int MaximumValueLength = 1024;

    /// <summary>Our claims by name; one that the token does not have, or has in another shape than a value or a list of values, is absent.</summary>
    public static Result<ImmutableDictionary<string, Claim>> Map(JsonElement payload, IReadOnlyDictionary<string, string> map, string source)
    {
        var claims = ImmutableDictionary.CreateBuilder<string, Claim>(StringComparer.Ordinal);
        foreach (var (name, path) in map)
        {
            if (!Values(payload, path).Try(out var values, out var refusal))
                return refusal;
            if (values.Length > 0)
                claims[name] = new Claim(values, source);
        }

        return claims.ToImmutable();
    }

    /// <summary>The values of a claim; none when it is absent.</summary>
    /// <param name="path">Its name, or names with dots between them that lead into objects.</param>
    public static Result<ImmutableArray<string>> Values(JsonElement payload, string path)
    {
        try
        {
            return Find(payload, path) is { } element ? Values(element) : ImmutableArray<string>.Empty;
        }
        catch (FormatException fault)
        {
            return TokenRefusals.Claim(path, fault.Message);
        }
    }

    private static JsonElement? Find(JsonElement element, string path)
    {
        // A claim's own name may hold dots (URLs do), so the whole is tried before its parts.
        if (Member(element, path) is { } whole)
            return whole;
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && Member(element, path[..dot]) is { } part ? Find(part, path[(dot + 1)..]) : null;
    }

    private static JsonElement? Member(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        JsonElement? found = null;
        foreach (var member in element.EnumerateObject())
        {
            if (!member.NameEquals(name))
                continue;
            if (found is not null)
                throw new FormatException("is given twice");
            found = member.Value;
        }

        return found;
    }

    private static ImmutableArray<string> Values(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array)
            return Value(element) is { } single ? [single] : [];
        if (element.GetArrayLength() > MaximumValues)
            throw new FormatException($"has {element.GetArrayLength()} values; at most {MaximumValues} are read");
        // A part of a list could permit what the whole forbids.
        var values = element.EnumerateArray().Select(Value).ToList();
        return values.Contains(null) ? [] : [.. values.OfType<string>()];
    }

    private static string? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => Text(element.GetString()!),
        JsonValueKind.Number => Text(element.GetRawText()),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    private static string Text(string value) =>
        value.Length > MaximumValueLength ? throw new FormatException($"has a value of {value.Length} characters; at most {MaximumValueLength} are read")
        : ForeignText.Steers(value) ? throw new FormatException("holds control characters")
        : value;
}
