namespace Connector.Dsp.JsonLd;

/// <summary>A word of a document made an IRI (JSON-LD 1.1 API §5.2). There is no base: a relative IRI stays as it is.</summary>
internal static class IriExpansion
{
    /// <returns>The IRI, a keyword, the word itself if nothing is known of it, or null if it is to be dropped.</returns>
    /// <param name="define">While a context is being read: defines the term of that name first, if the context has it.</param>
    public static string? Expand(ActiveContext active, string word, bool vocabulary, Action<string>? define = null)
    {
        if (Keywords.Is(word))
            return word;
        if (Keywords.Resembles(word))
            return null;

        define?.Invoke(word);
        if (active.Find(word) is { } term && (vocabulary || (term.Iri is not null && Keywords.Is(term.Iri))))
            return term.Iri;

        var colon = word.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0)
        {
            var prefix = word[..colon];
            if (prefix == "_" || word.AsSpan(colon + 1).StartsWith("//"))
                return word;

            define?.Invoke(prefix);
            if (active.Find(prefix) is { Iri: { } iri, Prefix: true })
                return iri + word[(colon + 1)..];
            if (Iris.IsAbsolute(word))
                return word;
        }

        return vocabulary && active.Vocabulary is { } vocab ? vocab + word : word;
    }
}
