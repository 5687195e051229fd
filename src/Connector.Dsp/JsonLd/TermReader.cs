using System.Text.Json;

namespace Connector.Dsp.JsonLd;

/// <summary>Reads the term definitions of one context object (JSON-LD 1.1 API §4.2.2), each after those it is written with.</summary>
internal sealed class TermReader(ActiveContext active, Dictionary<string, JsonElement> context, Walk walk, bool guard, bool overriding)
{
    private static readonly HashSet<string> Entries = ["@id", "@type", "@container", "@context", "@language", "@prefix", "@protected"];

    private readonly Dictionary<string, bool> defined = new(StringComparer.Ordinal);
    private int depth;

    public void Define(string name)
    {
        if (defined.TryGetValue(name, out var done))
        {
            if (!done)
                throw walk.Fault("cyclic IRI mapping", $"The term '{Walk.Clip(name)}' is defined by itself.");

            return;
        }

        if (name.Length == 0)
            throw walk.Fault("invalid term definition", "A term must not be empty.");
        if (++depth > Limits.TermDepth)
            throw walk.Fault("context overflow", $"Terms are written with other terms more than {Limits.TermDepth} times over.");

        walk.CountTerm();
        walk.Enter(name);
        defined[name] = false;
        if (name == "@type" || Keywords.Is(name))
            throw walk.Fault("keyword redefinition", $"'{name}' is a keyword and cannot be a term.");
        if (!Keywords.Resembles(name))
            Store(name, context[name]);

        defined[name] = true;
        walk.Leave();
        depth--;
    }

    private void Store(string name, JsonElement value)
    {
        active.Terms.Remove(name, out var former);
        var term = Read(name, value);
        if (former is { Protected: true } && !overriding)
            term = term is not null && term.Says(former)
                ? term.Guarded()
                : throw walk.Fault("protected term redefinition", $"The term '{Walk.Clip(name)}' is protected by an earlier context; use another name.");
        if (term is not null)
            active.Terms[name] = term;
    }

    private Term? Read(string name, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Null)
            return new Term { Protected = guard };
        if (value.ValueKind is JsonValueKind.String)
            return Identify(name, value, simple: true, out var simply) ? new Term { Iri = simply, Prefix = IsPrefix(name, simply), Protected = guard } : null;
        if (value.ValueKind is not JsonValueKind.Object)
            throw walk.Fault("invalid term definition", $"The term holds a {ContextReader.Kind(value)}; it takes an IRI or an object.");

        foreach (var entry in value.EnumerateObject().Where(entry => !Entries.Contains(entry.Name)))
            throw walk.Fault("invalid term definition", $"'{Walk.Clip(entry.Name)}' is not used in term definitions here; leave it out.");

        if (!Identify(name, value.TryGetProperty("@id", out var id) ? id : null, simple: false, out var iri))
            return null;

        var language = value.TryGetProperty("@language", out var said);
        return new Term
        {
            Iri = iri,
            Prefix = value.TryGetProperty("@prefix", out var prefix) && Prefix(name, prefix, iri),
            Protected = value.TryGetProperty("@protected", out var flag) ? ContextReader.Flag(flag, "@protected", walk) : guard,
            Type = value.TryGetProperty("@type", out var type) ? Type(type) : null,
            HasLanguage = language,
            Language = language && said.ValueKind != JsonValueKind.Null ? ContextReader.Text(said, "invalid language mapping", "@language", walk) : null,
            Container = value.TryGetProperty("@container", out var container) ? Container(container) : Containers.None,
            Context = value.TryGetProperty("@context", out var scoped) ? scoped.Clone() : null,
        };
    }

    /// <summary>False: the definition is to be passed over.</summary>
    private bool Identify(string name, JsonElement? id, bool simple, out string? iri)
    {
        iri = null;
        if (id is { ValueKind: JsonValueKind.Null })
            return true;
        if (id is not { } given || (given.ValueKind == JsonValueKind.String && given.GetString() == name))
        {
            iri = ByName(name);
            return true;
        }

        var word = ContextReader.Text(given, "invalid IRI mapping", simple ? "The term" : "@id", walk);
        if (!Keywords.Is(word) && Keywords.Resembles(word))
            return false;

        iri = IriExpansion.Expand(active, word, vocabulary: true, DefineFirst);
        if (iri == "@context")
            throw walk.Fault("invalid keyword alias", "@context cannot have another name.");
        if (iri is null || !(Keywords.Is(iri) || Iris.IsAbsolute(iri) || Iris.IsBlank(iri)))
            throw walk.Fault("invalid IRI mapping", $"'{Walk.Clip(word)}' is neither an absolute IRI nor made of known terms.");

        if (name.AsSpan(1).Contains(':') && !name.EndsWith(':') || name.Contains('/', StringComparison.Ordinal))
        {
            defined[name] = true;
            if (IriExpansion.Expand(active, name, vocabulary: true, DefineFirst) != iri)
                throw walk.Fault("invalid IRI mapping", $"The term reads as one IRI and is defined as another, '{Walk.Clip(iri)}'.");
        }

        return true;
    }

    private string ByName(string name)
    {
        var colon = name.IndexOf(':', 1);
        if (colon > 0)
        {
            DefineFirst(name[..colon]);
            return active.Find(name[..colon]) is { Iri: { } prefix } ? prefix + name[(colon + 1)..] : name;
        }

        return active.Vocabulary is { } vocabulary
            ? vocabulary + name
            : throw walk.Fault("invalid IRI mapping", "The term has no @id, and there is no @vocab.");
    }

    private void DefineFirst(string name)
    {
        if (name.Length > 0 && context.ContainsKey(name) && name[0] != '@' && !(defined.TryGetValue(name, out var done) && done))
            Define(name);
    }

    private static bool IsPrefix(string name, string? iri) => iri is not null && !name.Contains(':', StringComparison.Ordinal)
        && !name.Contains('/', StringComparison.Ordinal) && (Iris.EndsAsPrefix(iri) || Iris.IsBlank(iri));

    private bool Prefix(string name, JsonElement flag, string? iri)
    {
        if (name.Contains(':', StringComparison.Ordinal) || name.Contains('/', StringComparison.Ordinal))
            throw walk.Fault("invalid term definition", "@prefix goes with a plain name, without colon or slash.");

        var prefix = ContextReader.Flag(flag, "@prefix", walk);
        return prefix && iri is not null && Keywords.Is(iri) ? throw walk.Fault("invalid term definition", "A keyword cannot be a prefix.") : prefix;
    }

    private string Type(JsonElement value)
    {
        var word = ContextReader.Text(value, "invalid type mapping", "@type", walk);
        var type = IriExpansion.Expand(active, word, vocabulary: true, DefineFirst);
        return type is "@id" or "@vocab" or "@json" or "@none" || (type is not null && !Keywords.Is(type) && Iris.IsAbsolute(type))
            ? type
            : throw walk.Fault("invalid type mapping", $"@type is '{Walk.Clip(word)}'; it takes @id, @vocab, @json, @none or a datatype's IRI.");
    }

    private Containers Container(JsonElement value)
    {
        var found = Containers.None;
        foreach (var one in value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : new[] { value })
            found |= ContextReader.Text(one, "invalid container mapping", "@container", walk) switch
            {
                "@set" => Containers.Set,
                "@list" => Containers.List,
                "@graph" => Containers.Graph,
                var other => throw walk.Fault("invalid container mapping", $"The container '{Walk.Clip(other)}' is not used here; take @set, @list or @graph."),
            };

        return found.HasFlag(Containers.List) && found != Containers.List
            ? throw walk.Fault("invalid container mapping", "@list goes with no other container.")
            : found;
    }
}
