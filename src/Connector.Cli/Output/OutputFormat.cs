namespace Connector.Cli.Output;

/// <summary>How a verb shows its answer.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>One JSON document, for programs.</summary>
    Json,

    /// <summary>The same as YAML.</summary>
    Yaml,
}
