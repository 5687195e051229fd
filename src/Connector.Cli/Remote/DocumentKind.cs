namespace Connector.Cli.Remote;

/// <summary>The words for kinds of documents on the command line.</summary>
internal static class DocumentKind
{
    private static readonly Dictionary<string, string> s_kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["peers"] = "Peer",
        ["peer"] = "Peer",
        ["policies"] = "Policy",
        ["policy"] = "Policy",
        ["datasets"] = "Dataset",
        ["dataset"] = "Dataset",
        ["offers"] = "Offer",
        ["offer"] = "Offer",
        ["vocabularies"] = "Vocabulary",
        ["vocabulary"] = "Vocabulary",
    };

    /// <summary>The API's name of a kind that was typed in singular or plural; null when it is no document's.</summary>
    public static string? Of(string word) => s_kinds.GetValueOrDefault(word);
}
