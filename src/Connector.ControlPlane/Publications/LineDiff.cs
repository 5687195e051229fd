using System.Text;

namespace Connector.ControlPlane.Publications;

/// <summary>The lines in which two texts differ: what they share at both ends is left out.</summary>
internal static class LineDiff
{
    public static string Of(string before, string after)
    {
        var (old, fresh) = (Lines(before), Lines(after));
        var start = 0;
        while (start < old.Length && start < fresh.Length && old[start] == fresh[start])
        {
            start++;
        }

        var end = 0;
        while (end < old.Length - start && end < fresh.Length - start && old[^(end + 1)] == fresh[^(end + 1)])
        {
            end++;
        }

        var diff = new StringBuilder();
        foreach (var line in old[start..^end])
        {
            diff.Append("- ").Append(line).Append('\n');
        }

        foreach (var line in fresh[start..^end])
        {
            diff.Append("+ ").Append(line).Append('\n');
        }

        return diff.ToString();
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n');
}
