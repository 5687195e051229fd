using Connector.ControlPlane.Participants;
using Connector.Policies;
using Connector.Policies.Yaml;

namespace Connector.ControlPlane.Publications;

/// <summary>A document that was read.</summary>
/// <param name="Content">A <see cref="PolicyDocument"/>, <see cref="Dataset"/>, <see cref="Offer"/> or <see cref="PeerEntry"/>.</param>
internal sealed record ReadDocument(Document Document, object Content, string File, int Line);

/// <summary>Reads Peer, Policy, Dataset and Offer documents. References between them are checked where all of them are known.</summary>
internal static class DocumentReader
{
    private const string Version = "connector/v1";

    /// <summary>Reads every document of a file; what is wrong is noted in the faults.</summary>
    public static IEnumerable<ReadDocument> Read(DocumentFile file, DateTimeOffset at, ICollection<Fault> faults)
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
                fields.Fault(fields.Find("apiVersion")!, "apiVersion", $"is '{version}'", $"this connector reads {Version}");
            }

            var kindWord = fields.Required("kind", "write kind: Peer, Policy, Dataset or Offer");
            if (!Enum.TryParse<DocumentKind>(kindWord, out var kind) || !Enum.IsDefined(kind))
            {
                if (kindWord.Length > 0)
                {
                    fields.Fault(fields.Find("kind")!, "kind", $"'{kindWord}' is not known", Fields.Suggest(kindWord, Enum.GetNames<DocumentKind>()));
                }

                continue;
            }

            var (name, content) = Content(kind, fields, file);
            fields.Close();
            if (faults.Count == before)
            {
                yield return new ReadDocument(new Document(kind, name, document.Text, file.Folder, at), content, file.Path, mapping.Line);
            }
        }
    }

    private static (string Name, object Content) Content(DocumentKind kind, Fields fields, DocumentFile file)
    {
        if (kind == DocumentKind.Policy)
        {
            var policy = PolicyYaml.Read(fields);
            return (policy.Name, policy);
        }

        var name = fields.Required("name", "give it a name of letters, digits and '-'");
        return (name, kind switch
        {
            DocumentKind.Dataset => Dataset(name, fields, file.Folder),
            DocumentKind.Offer => Offer(name, fields),
            _ => PeerReader.Read(name, fields),
        });
    }

    private static Dataset Dataset(string name, Fields fields, string folder)
    {
        var source = fields.Section("source");
        var (kind, path) = source is null ? ("", null) : source.Text("file") is { } one ? ("file", one) : ("folder", source.Text("folder"));
        if (path is null)
        {
            fields.Fault(fields.Find("source") ?? fields.Node, "source", "names neither a file nor a folder", "write source: { file: ./data.json } or { folder: ./data }");
        }

        source?.Close();
        return new Dataset(
            name,
            fields.Text("id") ?? $"urn:dataset:{name}",
            fields.Words("title"),
            fields.Text("profile"),
            fields.Text("contentType"),
            new DataSource(kind, Path.GetFullPath(path ?? ".", folder)));
    }

    private static Offer Offer(string name, Fields fields)
    {
        var datasets = fields.Texts("datasets");
        if (datasets.IsEmpty)
        {
            fields.Fault(fields.Find("datasets") ?? fields.Node, "datasets", "is missing or empty", "name at least one Dataset document");
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
