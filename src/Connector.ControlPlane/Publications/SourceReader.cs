using Connector.Policies.Yaml;

namespace Connector.ControlPlane.Publications;

/// <summary>Reads the <c>source</c> of a Dataset document: where the bytes are.</summary>
internal static class SourceReader
{
    private static readonly DataSource s_none = new("", "");

    public static DataSource Read(Fields dataset, string folder)
    {
        var source = dataset.Section("source");
        var (file, tree, http) = (source?.FullPath("file", folder), source?.FullPath("folder", folder), source?.Section("http"));
        if (source is null || (file is null ? 0 : 1) + (tree is null ? 0 : 1) + (http is null ? 0 : 1) != 1)
        {
            dataset.Fault(
                dataset.Find("source") ?? dataset.Node, "source", "names not exactly one place", "write source: { file: ./data.json }, { folder: ./data } or { http: { url: https://… } }");
        }

        source?.Close();
        return file is not null ? new DataSource("file", file)
            : tree is not null ? new DataSource("folder", tree)
            : http is not null && HttpSourceReader.Read(http, folder) is { } read ? new DataSource("http", read.Address.AbsoluteUri) { Http = read }
            : s_none;
    }
}
