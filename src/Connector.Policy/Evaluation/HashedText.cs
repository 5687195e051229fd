namespace Connector.Policies;

/// <summary>A text that is compared over and over: most others are told from it by their hash, and one that says the same is mostly the same object.</summary>
internal readonly struct HashedText
{
    private const int LongestKept = 64;

    // The short texts met last, each where its hash puts it. Whoever brings ever new ones only makes us forget old ones.
    private static readonly string?[] s_met = new string?[1024];

    private readonly string _text;

    public HashedText(string text)
    {
        Hash = text.GetHashCode(StringComparison.Ordinal);
        _text = text.Length > LongestKept ? text : Met(text, Hash);
    }

    public int Hash { get; }

    public bool Is(in HashedText other) => Hash == other.Hash && _text == other._text;

    public bool IsAmong(HashedText[] others)
    {
        for (var i = 0; i < others.Length; i++)
        {
            if (others[i].Is(in this))
            {
                return true;
            }
        }

        return false;
    }

    private static string Met(string text, int hash)
    {
        ref var place = ref s_met[hash & (s_met.Length - 1)];
        return place is { } met && met == text ? met : place = text;
    }
}
