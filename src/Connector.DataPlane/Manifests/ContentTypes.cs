namespace Connector.DataPlane.Manifests;

/// <summary>Media types of sources whose document names none.</summary>
public static class ContentTypes
{
    /// <summary>The type of every folder; it tells a folder of one file from a file.</summary>
    public const string Folder = "application/x-directory";

    /// <summary>The media type that a file's extension stands for; <c>application/octet-stream</c> for one that is not known.</summary>
    public static string Of(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".JSON" => "application/json",
        ".JSONLD" => "application/ld+json",
        ".NDJSON" or ".JSONL" => "application/x-ndjson",
        ".CSV" => "text/csv",
        ".TSV" => "text/tab-separated-values",
        ".TXT" => "text/plain",
        ".MD" => "text/markdown",
        ".HTML" or ".HTM" => "text/html",
        ".XML" => "application/xml",
        ".YAML" or ".YML" => "application/yaml",
        ".PDF" => "application/pdf",
        ".PARQUET" => "application/vnd.apache.parquet",
        ".AVRO" => "application/vnd.apache.avro",
        ".XLSX" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".ZIP" => "application/zip",
        ".GZ" => "application/gzip",
        ".PNG" => "image/png",
        ".JPG" or ".JPEG" => "image/jpeg",
        _ => "application/octet-stream",
    };
}
