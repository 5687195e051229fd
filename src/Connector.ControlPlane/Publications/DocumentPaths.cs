using Connector.Policies.Yaml;

namespace Connector.ControlPlane.Publications;

/// <summary>Reads the paths that documents name.</summary>
internal static class DocumentPaths
{
    /// <summary>A path, made absolute from the document's folder; null when absent. One that no file can have is noted as a fault and given back as it stands.</summary>
    public static string? FullPath(this Fields fields, string key, string folder)
    {
        var path = fields.Text(key);
        if (path is null || !path.Contains('\0', StringComparison.Ordinal))
        {
            return path is null ? null : Path.GetFullPath(path, folder);
        }

        fields.Fault(fields.Find(key)!, key, "holds the character U+0000, which no path does", "write the path without it");
        return path;
    }
}
