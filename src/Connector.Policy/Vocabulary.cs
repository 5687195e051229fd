using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Connector.Policies;

/// <summary>The words that policies are read by: the built-in ones, and those that the operator added.</summary>
public sealed class Vocabulary
{
    private readonly FrozenDictionary<string, Operand> _byWord;
    private readonly FrozenDictionary<string, Operand> _byIri;

    private Vocabulary(IReadOnlyCollection<Operand> added)
    {
        _byWord = added.ToFrozenDictionary(o => o.Word, StringComparer.Ordinal);
        _byIri = added.ToFrozenDictionary(o => o.Iri, StringComparer.Ordinal);
        Added = [.. added.OrderBy(o => o.Word, StringComparer.Ordinal)];
        Words = [.. Operands.Words, .. Added.Select(o => o.Word)];
    }

    public static Vocabulary BuiltIn { get; } = new([]);

    /// <summary>The operands that the operator added.</summary>
    public ImmutableArray<Operand> Added { get; }

    /// <summary>The words of conditions that policy files may use.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>This vocabulary and more operands.</summary>
    /// <exception cref="ArgumentException">A word or an IRI is taken already.</exception>
    public Vocabulary With(IEnumerable<Operand> more)
    {
        var added = _byWord.Values.Concat(more).ToList();
        foreach (var operand in added)
        {
            if (Operands.ByWord(operand.Word) is not null || Operands.ByIri(operand.Iri) is not null
                || added.Exists(o => !ReferenceEquals(o, operand) && (o.Word == operand.Word || o.Iri == operand.Iri)))
            {
                throw new ArgumentException($"'{operand.Word}' ({operand.Iri}) is in the vocabulary already", nameof(more));
            }
        }

        return new Vocabulary(added);
    }

    /// <summary>The operand that a word names; null when unknown.</summary>
    public Operand? ByWord(string word) => Operands.ByWord(word) ?? _byWord.GetValueOrDefault(word);

    /// <summary>The operand that an IRI or a short name names; null when unknown.</summary>
    public Operand? ByIri(string iri) => Operands.ByIri(iri) ?? _byIri.GetValueOrDefault(iri);
}
