using System.Text.Json;

namespace Connector.Dsp.JsonLd;

/// <summary>Reads @context (JSON-LD 1.1 API §4.1.2) into what words mean from there on.</summary>
internal static class ContextReader
{
    private static readonly HashSet<string> Own = ["@base", "@direction", "@import", "@language", "@propagate", "@protected", "@version", "@vocab"];

    /// <summary>A property's scoped context: may redefine protected terms.</summary>
    public static ActiveContext OfProperty(ActiveContext active, string property, Walk walk) =>
        active.Find(property) is { Context: { } context } term
            ? active.Derive('p', term, () => Read(active, context, walk, overriding: true, propagate: true))
            : active;

    /// <summary>A type's scoped context: holds for the one object unless it says that it propagates.</summary>
    public static ActiveContext OfType(ActiveContext active, Term? type, Walk walk) =>
        type is { Context: { } context }
            ? active.Derive('t', type, () => Read(active, context, walk, overriding: false, propagate: false))
            : active;

    /// <summary>A context of the bundle.</summary>
    public static ActiveContext OfUrl(ActiveContext active, string url, Walk walk, bool overriding = false) =>
        active.Derive(overriding ? 'U' : 'u', url, () =>
        {
            walk.EnterContext();
            var read = Read(active, ContextBundle.Default.Read(url, walk), walk, overriding, propagate: true);
            walk.LeaveContext();
            return read;
        });

    public static ActiveContext Read(ActiveContext active, JsonElement local, Walk walk, bool overriding = false, bool propagate = true)
    {
        walk.EnterContext();
        if (local.ValueKind == JsonValueKind.Object && local.TryGetProperty("@propagate", out var flag))
            propagate = Flag(flag, "@propagate", walk);

        var result = active;
        if (!propagate && active.Previous is null)
        {
            result = active.Copy();
            result.Previous = active;
        }

        if (local.ValueKind == JsonValueKind.Array)
            foreach (var one in local.EnumerateArray())
                result = ReadOne(result, one, walk, overriding, propagate);
        else
            result = ReadOne(result, local, walk, overriding, propagate);

        walk.LeaveContext();
        return result;
    }

    private static ActiveContext ReadOne(ActiveContext active, JsonElement context, Walk walk, bool overriding, bool propagate)
    {
        switch (context.ValueKind)
        {
            case JsonValueKind.Null:
                if (!overriding && active.Terms.Values.Any(term => term.Protected))
                    throw walk.Fault("invalid context nullification", "A null context would undo protected terms; leave it out.");

                return ActiveContext.Nothing(propagate ? null : active.Previous ?? active);
            case JsonValueKind.String:
                return OfUrl(active, context.GetString()!, walk, overriding);
            case JsonValueKind.Object:
                walk.CountContext();
                return Define(active, Imported(context, walk), walk, overriding);
            default:
                throw walk.Fault("invalid local context", $"@context holds a {Kind(context)}; it takes URLs, objects and null.");
        }
    }

    private static Dictionary<string, JsonElement> Imported(JsonElement context, Walk walk)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (context.TryGetProperty("@import", out var import))
        {
            var imported = ContextBundle.Default.Read(Text(import, "invalid @import value", "@import", walk), walk);
            if (imported.ValueKind != JsonValueKind.Object)
                throw walk.Fault("invalid remote context", "@import names a context that is not one object.");
            if (imported.TryGetProperty("@import", out _))
                throw walk.Fault("invalid context entry", "@import names a context that itself imports; name that one directly.");

            foreach (var member in imported.EnumerateObject())
                members[member.Name] = member.Value;
        }

        foreach (var member in context.EnumerateObject())
            members[member.Name] = member.Value;

        return members;
    }

    private static ActiveContext Define(ActiveContext active, Dictionary<string, JsonElement> context, Walk walk, bool overriding)
    {
        var result = active.Copy();
        if (context.TryGetValue("@version", out var version) && !(version.ValueKind == JsonValueKind.Number && version.TryGetDouble(out var number) && number == 1.1))
            throw walk.Fault("invalid @version value", "@version must be the number 1.1.");
        if (context.TryGetValue("@base", out var origin) && origin.ValueKind != JsonValueKind.Null)
            throw walk.Fault("invalid base IRI", "@base is not used here; write IRIs in full.");
        if (context.TryGetValue("@direction", out var direction) && direction.ValueKind != JsonValueKind.Null)
            throw walk.Fault("invalid base direction", "A default @direction is not used here; put it at the values.");
        if (context.TryGetValue("@vocab", out var vocabulary))
            result.Vocabulary = Vocabulary(result, vocabulary, walk);
        if (context.TryGetValue("@language", out var language))
            result.Language = language.ValueKind == JsonValueKind.Null ? null : Text(language, "invalid default language", "@language", walk);

        var guard = context.TryGetValue("@protected", out var flag) && Flag(flag, "@protected", walk);
        var terms = new TermReader(result, context, walk, guard, overriding);
        foreach (var name in context.Keys.Where(name => !Own.Contains(name)))
            terms.Define(name);

        return result;
    }

    private static string? Vocabulary(ActiveContext active, JsonElement value, Walk walk)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return null;

        var word = Text(value, "invalid vocab mapping", "@vocab", walk);
        var iri = IriExpansion.Expand(active, word, vocabulary: true);
        return iri is not null && (iri.Length == 0 || Iris.IsAbsolute(iri) || Iris.IsBlank(iri))
            ? iri
            : throw walk.Fault("invalid vocab mapping", $"@vocab is '{Walk.Clip(word)}'; it takes an absolute IRI.");
    }

    public static string Text(JsonElement value, string code, string name, Walk walk) => value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw walk.Fault(code, $"{name} holds a {Kind(value)}; it takes a string.");

    public static bool Flag(JsonElement value, string name, Walk walk) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw walk.Fault($"invalid {name} value", $"{name} holds a {Kind(value)}; it takes true or false."),
    };

    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.Null => "null",
        _ => "boolean",
    };
}
