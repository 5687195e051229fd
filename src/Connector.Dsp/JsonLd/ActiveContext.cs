using System.Collections.Concurrent;

namespace Connector.Dsp.JsonLd;

/// <summary>
/// What words mean at one place of a document (JSON-LD 1.1 API §4.1). Written by <see cref="ContextReader"/> while it is being made,
/// never afterwards; what follows from it by a scoped or bundled context is worked out once and kept.
/// </summary>
internal sealed class ActiveContext
{
    private static ActiveContext root = new() { Pooled = true };
    private static int kept;

    private readonly ConcurrentDictionary<(char Kind, object Key), ActiveContext> derived = new();
    private InverseContext? inverse;

    private ActiveContext() => Terms = new(StringComparer.Ordinal);

    private ActiveContext(ActiveContext origin)
    {
        Terms = new(origin.Terms, StringComparer.Ordinal);
        Vocabulary = origin.Vocabulary;
        Language = origin.Language;
        Previous = origin.Previous;
    }

    /// <summary>No words at all.</summary>
    public static ActiveContext Empty => Volatile.Read(ref root);

    public Dictionary<string, Term> Terms { get; }

    public string? Vocabulary { get; set; }

    public string? Language { get; set; }

    /// <summary>What holds again in the next object below, when this one came from a type.</summary>
    public ActiveContext? Previous { get; set; }

    public InverseContext Inverse => inverse ??= new InverseContext(this);

    /// <summary>Made from the bundle alone: lives as long as the process, so it is counted.</summary>
    private bool Pooled { get; set; }

    public ActiveContext Copy() => new(this);

    public static ActiveContext Nothing(ActiveContext? previous) => new() { Previous = previous };

    public Term? Find(string term) => Terms.GetValueOrDefault(term);

    /// <summary>The context that follows from this one by <paramref name="key"/>; worked out at the first asking.</summary>
    public ActiveContext Derive(char kind, object key, Func<ActiveContext> make)
    {
        if (derived.TryGetValue((kind, key), out var known))
            return known;

        var made = make();
        made.Pooled |= Pooled;
        // A peer that names the bundle's contexts in ever new orders must not fill the memory: start over instead.
        if (Pooled && Interlocked.Increment(ref kept) > Limits.Kept)
        {
            Interlocked.Exchange(ref kept, 0);
            Volatile.Write(ref root, new ActiveContext { Pooled = true });
        }

        return derived.GetOrAdd((kind, key), made);
    }
}
