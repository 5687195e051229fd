using System.Collections.Frozen;

namespace Connector.Policies;

/// <summary>Words of which some lie beneath others: each has at most one word right above it.</summary>
public sealed class Hierarchy
{
    private readonly FrozenDictionary<string, string> _above;

    /// <param name="above">Word and the word right above it; empty for the topmost.</param>
    public Hierarchy(IEnumerable<KeyValuePair<string, string>> above) => _above = above.ToFrozenDictionary(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Known => _above.Keys;

    /// <summary>Whether a word is another or lies beneath it. A word that is not known lies beneath itself alone.</summary>
    public bool Covers(string wide, string narrow)
    {
        for (var word = narrow; word.Length > 0; word = Above(word))
        {
            if (word == wide)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>All words that lie beneath one, in alphabetical order.</summary>
    public IEnumerable<string> Beneath(string word) => Known.Where(k => k != word && Covers(word, k)).Order(StringComparer.Ordinal);

    /// <summary>The word right above; empty when there is none.</summary>
    public string Above(string word) => _above.GetValueOrDefault(word, "");
}
