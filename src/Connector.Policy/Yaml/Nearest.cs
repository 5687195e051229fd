namespace Connector.Policies.Yaml;

/// <summary>Finds the word that somebody probably meant.</summary>
public static class Nearest
{
    // Nobody means a short word by a long one.
    private const int MaxLength = 64;

    /// <summary>The nearest of the known words by edit distance, or null when none is near.</summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        var far = Math.Max(2, word.Length / 3);
        var upper = word.Length <= MaxLength ? word.ToUpperInvariant() : "";
        return known
            .Where(candidate => upper.Length > 0 && Math.Abs(candidate.Length - upper.Length) <= far)
            .Select(candidate => (Candidate: candidate, Distance: Distance(upper, candidate.ToUpperInvariant())))
            .Where(pair => pair.Distance <= far)
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
            .FirstOrDefault().Candidate;
    }

    /// <summary>All of the known words, the nearest first, and equally near ones by the alphabet.</summary>
    public static IEnumerable<string> First(string word, IEnumerable<string> known)
    {
        var upper = word.Length <= MaxLength ? word.ToUpperInvariant() : "";
        return known.OrderBy(candidate => upper.Length == 0 ? 0 : Distance(upper, candidate.ToUpperInvariant())).ThenBy(candidate => candidate, StringComparer.Ordinal);
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
