namespace Connector.Dsp.JsonLd;

/// <summary>What can be said of an IRI by its form alone (RFC 3987).</summary>
internal static class Iris
{
    /// <summary>Begins with a scheme: a letter, then letters, digits, + - . up to a colon.</summary>
    public static bool IsAbsolute(string value)
    {
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || !char.IsAsciiLetter(value[0]))
            return false;

        foreach (var c in value.AsSpan(1, colon - 1))
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
                return false;

        return true;
    }

    public static bool IsBlank(string value) => value.StartsWith("_:", StringComparison.Ordinal);

    /// <summary>Ends in a character after which a suffix reads on: a term so defined may serve as a prefix.</summary>
    public static bool EndsAsPrefix(string iri) => iri.Length > 0 && iri[^1] is ':' or '/' or '?' or '#' or '[' or ']' or '@';
}
