namespace Connector.Dsp.JsonLd;

/// <summary>From IRI to term (JSON-LD 1.1 API §4.3): which terms stand for it, by container and by the kind of value they take.</summary>
internal sealed class InverseContext
{
    private readonly Dictionary<string, Dictionary<(string Container, string Kind, string Value), string>> terms = new(StringComparer.Ordinal);

    public InverseContext(ActiveContext active)
    {
        var language = active.Language ?? "@none";
        foreach (var (name, term) in active.Terms.OrderBy(t => t.Key.Length).ThenBy(t => t.Key, StringComparer.Ordinal))
        {
            if (term.Iri is null)
                continue;

            var container = Name(term.Container);
            Put(term.Iri, container, "@any", "@none", name);
            if (term.Type == "@none")
            {
                Put(term.Iri, container, "@type", "@any", name);
                Put(term.Iri, container, "@language", "@any", name);
            }
            else if (term.Type is { } type)
            {
                Put(term.Iri, container, "@type", type, name);
            }
            else if (term.HasLanguage)
            {
                Put(term.Iri, container, "@language", term.Language ?? "@null", name);
            }
            else
            {
                Put(term.Iri, container, "@language", language, name);
                Put(term.Iri, container, "@language", "@none", name);
                Put(term.Iri, container, "@type", "@none", name);
            }
        }
    }

    public bool Knows(string iri) => terms.ContainsKey(iri);

    /// <summary>The first term, in the order of preference given (§4.5).</summary>
    public string? Select(string iri, IEnumerable<string> containers, string kind, IEnumerable<string> values)
    {
        var known = terms[iri];
        foreach (var container in containers)
            foreach (var value in values)
                if (known.TryGetValue((container, kind, value), out var term))
                    return term;

        return null;
    }

    private static string Name(Containers container) => container switch
    {
        Containers.None => "@none",
        Containers.Set => "@set",
        Containers.List => "@list",
        Containers.Graph => "@graph",
        _ => "@graph@set",
    };

    private void Put(string iri, string container, string kind, string value, string term)
    {
        if (!terms.TryGetValue(iri, out var known))
            terms[iri] = known = [];
        known.TryAdd((container, kind, value), term);
    }
}
