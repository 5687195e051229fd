using System.Globalization;

namespace Connector.Policies.Diff;

/// <summary>Things of which one is so, as one phrase that names what they are about once: <c>membership is 'active', another or not known</c>.</summary>
internal static class Alternatives
{
    /// <summary>What stands between alternatives that are not gathered yet.</summary>
    public const string Or = " or ";

    private const string Is = " is ";
    private const int MostOfOne = 6;

    /// <param name="said">Each may itself be several alternatives; of many the first are named and the rest counted.</param>
    public static string Of(IEnumerable<string> said)
    {
        var groups = said.Select(s => s.Split(Or)).ToList();
        var items = groups.SelectMany(g => g.Take(MostOfOne)).Distinct(StringComparer.Ordinal).ToList();
        var subject = items[0][..(items[0].IndexOf(Is, StringComparison.Ordinal) is >= 0 and var at ? at + Is.Length : 0)];
        var shared = subject.Length > 0 && items.TrueForAll(i => i.StartsWith(subject, StringComparison.Ordinal));
        if (shared)
        {
            items = [.. items.Select(i => i[subject.Length..])];
        }

        if (groups.Sum(g => Math.Max(0, g.Length - MostOfOne)) is > 0 and var more)
        {
            items.Add(string.Create(CultureInfo.InvariantCulture, $"{more} more"));
        }

        return shared && items.Count > 1 ? $"{subject}{string.Join(", ", items.Take(items.Count - 1))}{Or}{items[^1]}" : (shared ? subject : "") + string.Join(Or, items);
    }
}
