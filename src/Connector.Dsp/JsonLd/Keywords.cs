namespace Connector.Dsp.JsonLd;

/// <summary>The words beginning with @ that JSON-LD 1.1 §1.7 keeps for itself.</summary>
internal static class Keywords
{
    private static readonly HashSet<string> All =
    [
        "@base", "@container", "@context", "@direction", "@graph", "@id", "@import", "@included", "@index", "@json", "@language",
        "@list", "@nest", "@none", "@prefix", "@propagate", "@protected", "@reverse", "@set", "@type", "@value", "@version", "@vocab",
    ];

    public static bool Is(string word) => word.Length > 1 && word[0] == '@' && All.Contains(word);

    /// <summary>Looks like a keyword (@ and letters only): kept free by the standard for its later versions.</summary>
    public static bool Resembles(string word) => word.Length > 1 && word[0] == '@' && word.AsSpan(1).IndexOfAnyExceptInRange('A', 'z') < 0
        && word.AsSpan(1).IndexOfAnyInRange('[', '`') < 0;
}
