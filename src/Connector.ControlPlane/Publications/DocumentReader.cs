using System.Collections.Immutable;
using Connector.ControlPlane.Participants;
using Connector.Policies;
using Connector.Policies.Yaml;

namespace Connector.ControlPlane.Publications;

/// <summary>A document that was read.</summary>
/// <param name="Content">A <see cref="PolicyDocument"/>, <see cref="VocabularyDocument"/>, <see cref="Dataset"/>, <see cref="Offer"/> or <see cref="PeerEntry"/>.</param>
/// <param name="Root">The text it was read from, to name places in it.</param>
public sealed record ReadDocument(Document Document, object Content, YamlMapping Root, string File)
{
    /// <summary>Something wrong with a field, at its value, or at one entry of a list of values.</summary>
    public Fault Fault(string field, string message, string mend, string? entry = null)
    {
        var node = Root.Entries.FirstOrDefault(e => e.Key == field)?.Value ?? Root;
        if (entry is not null && node is YamlSequence list)
        {
            node = list.Items.OfType<YamlScalar>().FirstOrDefault(i => i.Value == entry) ?? node;
        }

        return new Fault(File, node.Line, node.Column, field, message, mend);
    }
}

/// <summary>Documents that were read, and the words that their policies were read by.</summary>
public sealed record ReadDocuments(ImmutableArray<ReadDocument> Documents, Vocabulary Vocabulary);

/// <summary>Reads Peer, Policy, Dataset, Offer and Vocabulary documents. References between them are checked where all of them are known.</summary>
public static class DocumentReader
{
    private const string Version = "connector/v1";
    private const int MaxDatasets = 1000;

    /// <summary>Splits a file into its documents; what is wrong is noted in the faults.</summary>
    public static IEnumerable<OpenDocument> Open(DocumentFile file, DateTimeOffset at, ICollection<Fault> faults)
    {
        foreach (var document in YamlTree.Read(file.Text, file.Path, faults))
        {
            if (document.Root is YamlScalar { Value.Length: 0 })
            {
                continue;
            }

            if (document.Root is not YamlMapping mapping)
            {
                faults.Add(new Fault(file.Path, document.Root.Line, document.Root.Column, "", "is no document", "begin with apiVersion, kind and name"));
                continue;
            }

            var before = faults.Count;
            var fields = new Fields(mapping, "", file.Path, faults);
            var version = fields.Required("apiVersion", $"write apiVersion: {Version}");
            if (version.Length > 0 && version != Version)
            {
                fields.Fault(fields.Find("apiVersion")!, "apiVersion", $"is '{Fields.Shown(version)}'", $"this connector reads {Version}");
            }

            var kindWord = fields.Required("kind", $"write one of {string.Join(", ", Enum.GetNames<DocumentKind>())}");
            if (Enum.GetValues<DocumentKind>().FirstOrDefault(k => k.ToString() == kindWord, (DocumentKind)(-1)) is var kind && Enum.IsDefined(kind))
            {
                yield return new OpenDocument(kind, fields, document.Text, file, at, faults.Count == before);
            }
            else if (kindWord.Length > 0)
            {
                fields.Fault(fields.Find("kind")!, "kind", $"'{Fields.Shown(kindWord)}' is not known", Fields.Suggest(kindWord, Enum.GetNames<DocumentKind>()));
            }
        }
    }

    /// <summary>Reads documents, the vocabularies first, since policies are read by their words; what is wrong is noted in the faults.</summary>
    /// <param name="vocabulary">The words to begin with.</param>
    public static ReadDocuments Read(IEnumerable<OpenDocument> documents, Vocabulary vocabulary, ICollection<Fault> faults)
    {
        var read = ImmutableArray.CreateBuilder<ReadDocument>();
        foreach (var document in documents.OrderBy(d => d.Kind != DocumentKind.Vocabulary))
        {
            var before = faults.Count;
            var (name, content) = Content(document, vocabulary);
            document.Fields.Close();
            if (document.Sound && faults.Count == before)
            {
                read.Add(new ReadDocument(new Document(document.Kind, name, document.Text, document.File.Folder, document.At), content, document.Fields.Node, document.File.Path));
            }

            // Also of a faulty vocabulary: that its words are unknown would only hide what is wrong.
            vocabulary = content is VocabularyDocument added ? vocabulary.With(added.Operands) : vocabulary;
        }

        return new ReadDocuments(read.ToImmutable(), vocabulary);
    }

    private static (string Name, object Content) Content(OpenDocument document, Vocabulary vocabulary)
    {
        var fields = document.Fields;
        switch (document.Kind)
        {
            case DocumentKind.Policy:
                var policy = PolicyYaml.Read(fields, vocabulary);
                return (policy.Name, policy);
            case DocumentKind.Vocabulary:
                var added = VocabularyYaml.Read(fields, vocabulary);
                return (added.Name, added);
        }

        var name = fields.Name();
        return (name, document.Kind switch
        {
            DocumentKind.Dataset => Dataset(name, fields, document.File.Folder),
            DocumentKind.Offer => Offer(name, fields),
            _ => PeerReader.Read(name, fields),
        });
    }

    private static Dataset Dataset(string name, Fields fields, string folder) => new(
        name,
        fields.Text("id") ?? $"urn:dataset:{name}",
        fields.Words("title"),
        fields.Text("profile"),
        fields.Text("contentType"),
        SourceReader.Read(fields, folder))
    {
        Version = fields.Text("version"),
        Language = fields.Text("language"),
    };

    private static Offer Offer(string name, Fields fields)
    {
        var datasets = fields.Texts("datasets");
        if (datasets.Length is 0 or > MaxDatasets)
        {
            fields.Fault(fields.Find("datasets") ?? fields.Node, "datasets", datasets.IsEmpty ? "is missing or empty" : $"names more than {MaxDatasets}", "name at least one Dataset document; make another offer of those that are too many");
            datasets = [];
        }

        var accept = fields.OneOf("accept", "auto", "manual", "stepwise");
        return new Offer(
            name,
            fields.Text("id") ?? $"urn:offer:{name}",
            datasets,
            fields.Text("visibleTo"),
            fields.Required("terms", "name the Policy document whose terms the agreement states"),
            Enum.Parse<Acceptance>(accept, ignoreCase: true));
    }
}
