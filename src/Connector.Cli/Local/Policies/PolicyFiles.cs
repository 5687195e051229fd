using System.CommandLine;
using Connector.ControlPlane.Publications;
using Connector.Policies;
using Connector.Policies.Lint;
using Connector.Policies.Yaml;

namespace Connector.Cli.Local.Policies;

/// <summary>The policies in files or folders, and all that is wrong with these; they are read as the daemon reads them.</summary>
/// <param name="Documents">How many documents of any kind were found.</param>
internal sealed record PolicyFiles(int Documents, IReadOnlyList<PolicySource> Sources, IReadOnlyList<OfferSource> Offers, Vocabulary Vocabulary, IReadOnlyList<Fault> Faults)
{
    private const string VocabularyBeside = "vocabulary.yaml";

    /// <summary>Names files with further words; added to every verb that reads policies.</summary>
    public static Option<string[]> VocabularyOption { get; } = new("--vocabulary")
    {
        Description = $"File or folder with Vocabulary documents whose words the policies use; those among the policies, and a {VocabularyBeside} beside a file, count anyway",
        HelpName = "FILE|DIR",
        DefaultValueFactory = _ => [],
    };

    public IReadOnlyList<PolicyDocument> Policies { get; } = [.. Sources.Select(s => s.Document)];

    /// <summary>Reads files, and those of folders by <see cref="YamlFiles.Rule"/>.</summary>
    /// <exception cref="Failure">A path does not exist.</exception>
    public static PolicyFiles Read(ParseResult parsed, params IReadOnlyCollection<string> paths)
    {
        var faults = new Faults();
        var files = YamlFiles.Documents(paths);
        var beside = paths.Where(File.Exists).Select(p => Path.Combine(Path.GetDirectoryName(p) ?? "", VocabularyBeside)).Where(File.Exists);
        var others = YamlFiles.Documents(parsed.GetValue(VocabularyOption)!).Concat(beside).ExceptBy(files.Select(Path.GetFullPath), Path.GetFullPath).DistinctBy(Path.GetFullPath);
        var opened = files.SelectMany(f => Open(f, faults)).ToList();
        var words = others.SelectMany(f => Open(f, faults)).Where(d => d.Kind == DocumentKind.Vocabulary).ToList();
        var read = DocumentReader.Read([.. words, .. opened], Vocabulary.BuiltIn, faults);
        return new PolicyFiles(
            opened.Count,
            [.. read.Documents.Where(d => d.Content is PolicyDocument).Select(d => new PolicySource((PolicyDocument)d.Content, d.Root, d.File))],
            [.. read.Documents.Select(d => d.Content).OfType<Offer>().Select(o => new OfferSource(o.Name, o.Datasets, o.VisibleTo, o.Terms))],
            read.Vocabulary,
            faults);
    }

    /// <exception cref="Failure">Something is wrong with the files.</exception>
    public PolicyFiles Sound() => Faults.Count == 0 ? this : throw new Failure(string.Join('\n', Faults), "mend the faults first");

    private static IEnumerable<OpenDocument> Open(string path, Faults faults)
    {
        using var stream = File.OpenRead(path);
        return YamlBytes.Read(stream, path, faults) is { } text
            ? [.. DocumentReader.Open(new DocumentFile(path, Path.GetDirectoryName(Path.GetFullPath(path))!, text), TimeProvider.System.GetUtcNow(), faults)]
            : [];
    }
}
