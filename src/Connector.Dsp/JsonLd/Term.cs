using System.Text.Json;

namespace Connector.Dsp.JsonLd;

[Flags]
internal enum Containers
{
    None = 0,
    Set = 1,
    List = 2,
    Graph = 4,
}

/// <summary>A term definition (JSON-LD 1.1 API §4.1). Never changed once made.</summary>
internal sealed class Term
{
    /// <summary>Null: the term is known and stands for nothing; its values are dropped.</summary>
    public string? Iri { get; init; }

    public bool Prefix { get; init; }

    public bool Protected { get; init; }

    /// <summary>@id, @vocab, @json, @none, a datatype, or null.</summary>
    public string? Type { get; init; }

    /// <summary>The term says its language, be it "none" (<see cref="Language"/> null).</summary>
    public bool HasLanguage { get; init; }

    public string? Language { get; init; }

    public Containers Container { get; init; }

    /// <summary>The context that holds within values of this term, or within objects of this type.</summary>
    public JsonElement? Context { get; init; }

    /// <summary>The same in all but protection (§4.2.2, step 27).</summary>
    public bool Says(Term other) => Iri == other.Iri && Prefix == other.Prefix && Type == other.Type && HasLanguage == other.HasLanguage
        && Language == other.Language && Container == other.Container && Context.HasValue == other.Context.HasValue
        && (!Context.HasValue || JsonElement.DeepEquals(Context.Value, other.Context!.Value));

    public Term Guarded() => new()
    {
        Iri = Iri,
        Prefix = Prefix,
        Protected = true,
        Type = Type,
        HasLanguage = HasLanguage,
        Language = Language,
        Container = Container,
        Context = Context,
    };
}
