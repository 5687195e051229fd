using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Connector.Policy.Tests;

public sealed partial class SemanticsCoverageTests
{
    [Fact]
    public void Every_numbered_sentence_has_a_test_and_every_such_test_a_sentence()
    {
        var sentences = Sentence().Matches(File.ReadAllText(Path.Combine(Root(), "src", "Connector.Policy", "SEMANTICS.md"))).Select(m => m.Groups[1].Value).ToList();
        var tests = typeof(SemanticsCoverageTests).Assembly.GetTypes().SelectMany(t => t.GetMethods())
            .Where(m => m.GetCustomAttributes<FactAttribute>().Any()).Select(m => TestName().Match(m.Name)).Where(m => m.Success).Select(m => m.Groups[1].Value).ToHashSet();

        Assert.Equal(Enumerable.Range(1, sentences.Count).Select(n => $"S{n}"), sentences);
        Assert.Equal(sentences.ToHashSet(), tests);
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    [GeneratedRegex(@"^- \*\*(S\d+)\*\* ", RegexOptions.Multiline)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"^(S\d+)_")]
    private static partial Regex TestName();
}
