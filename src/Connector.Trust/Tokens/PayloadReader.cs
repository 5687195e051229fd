using System.Text.Json;
using Connector.Trust.Signing;

namespace Connector.Trust.Tokens;

/// <summary>Reads the registered claims (RFC 7519 §4.1), <c>cnf</c> and <c>reuse</c> out of a token's payload. A claim given twice is an error.</summary>
internal static class PayloadReader
{
    private const int MaximumAudiences = 16;
    private const long LastSecond = 253402300799; // 9999-12-31T23:59:59Z

    /// <summary>Fills the token; null, or what is wrong with the payload.</summary>
    public static string? Read(ReadOnlySpan<byte> payload, ReceivedToken token)
    {
        try
        {
            var reader = new Utf8JsonReader(payload, JoseHeader.ReaderOptions);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return "its payload is not a JSON object";
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (ReadClaim(ref reader, token) is { } fault)
                    return fault;
            }

            return reader.TokenType == JsonTokenType.EndObject && !reader.Read() ? null : "its payload is not one JSON object";
        }
        catch (JsonException)
        {
            return "its payload is not JSON of at most 8 levels";
        }
        catch (InvalidOperationException)
        {
            return "the name of a claim is no text: it holds half of a surrogate pair, or is not UTF-8";
        }
    }

    private static string? ReadClaim(ref Utf8JsonReader reader, ReceivedToken token)
    {
        if (reader.ValueTextEquals("iss"u8))
            return Text(ref reader, "iss", ref token.Issuer);
        if (reader.ValueTextEquals("sub"u8))
            return Text(ref reader, "sub", ref token.Subject);
        if (reader.ValueTextEquals("jti"u8))
            return Text(ref reader, "jti", ref token.Id);
        if (reader.ValueTextEquals("aud"u8))
            return Audience(ref reader, token);
        if (reader.ValueTextEquals("iat"u8))
            return Seconds(ref reader, "iat", ref token.IssuedAt);
        if (reader.ValueTextEquals("nbf"u8))
            return Seconds(ref reader, "nbf", ref token.NotBefore);
        if (reader.ValueTextEquals("exp"u8))
            return Seconds(ref reader, "exp", ref token.Expires);
        if (reader.ValueTextEquals("cnf"u8))
            return Confirmation(ref reader, token);
        if (reader.ValueTextEquals("reuse"u8))
            return Reuse(ref reader, token);
        return Unread(ref reader);
    }

    // Whatever is read of it later, it is text.
    private static string? Unread(ref Utf8JsonReader reader)
    {
        if (TextOf(ref reader) is not { } claim)
            return "the name of a claim is no text: it holds half of a surrogate pair, or is not UTF-8";
        var depth = reader.CurrentDepth;
        do
        {
            reader.Read();
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && TextOf(ref reader) is null)
                return NoText(claim);
        }
        while (reader.CurrentDepth > depth || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray);
        return null;
    }

    private static string? Reuse(ref Utf8JsonReader reader, ReceivedToken token)
    {
        reader.Read();
        // Never false: so that it cannot be given twice and mean two things.
        token.Reuse = reader.TokenType == JsonTokenType.True;
        return token.Reuse ? null : "its claim 'reuse' is not true";
    }

    private static string? Text(ref Utf8JsonReader reader, string claim, ref string? value)
    {
        if (value is not null)
            return $"its claim '{claim}' is given twice";
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
            return $"its claim '{claim}' is not a string";
        value = TextOf(ref reader);
        return value is null ? NoText(claim) : null;
    }

    private static string? Seconds(ref Utf8JsonReader reader, string claim, ref long? value)
    {
        if (value is not null)
            return $"its claim '{claim}' is given twice";
        reader.Read();
        if (reader.TokenType != JsonTokenType.Number)
            return $"its claim '{claim}' is not a number of seconds since 1970";
        if (!reader.TryGetInt64(out var seconds))
            seconds = reader.TryGetDouble(out var fractional) && fractional is >= 0 and <= LastSecond ? (long)fractional : -1;
        value = seconds;
        return seconds is >= 0 and <= LastSecond ? null : $"its claim '{claim}' is out of range";
    }

    private static string? Audience(ref Utf8JsonReader reader, ReceivedToken token)
    {
        if (token.Audience.Count > 0)
            return "its claim 'aud' is given twice";
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            if (TextOf(ref reader) is not { } single)
                return NoText("aud");
            token.Audience = [single];
            return null;
        }

        var audience = new List<string>();
        if (reader.TokenType != JsonTokenType.StartArray)
            return "its claim 'aud' is neither a string nor an array of strings";
        while (reader.Read() && reader.TokenType == JsonTokenType.String && audience.Count < MaximumAudiences)
        {
            if (TextOf(ref reader) is not { } one)
                return NoText("aud");
            audience.Add(one);
        }

        token.Audience = audience;
        return reader.TokenType == JsonTokenType.EndArray ? null : $"its claim 'aud' is not an array of at most {MaximumAudiences} strings";
    }

    // JSON can write half of a surrogate pair, and its reader takes bytes that are no UTF-8; it finds either only when the text is taken out.
    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string NoText(string claim) => $"its claim '{Shown.Of(claim)}' is no text: it holds half of a surrogate pair, or is not UTF-8";

    private static string? Confirmation(ref Utf8JsonReader reader, ReceivedToken token)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            return "its claim 'cnf' is not an object";
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("x5t#S256"u8))
            {
                reader.Skip();
                continue;
            }

            if (Text(ref reader, "cnf", ref token.BoundCertificate) is { } fault)
                return fault;
        }

        // A confirmation by other means (such as DPoP's jkt) cannot be checked here, so it must not pass as unbound.
        return token.BoundCertificate is null ? "its claim 'cnf' has no 'x5t#S256', the only binding understood here" : null;
    }
}
