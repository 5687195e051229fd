using Connector.Policies;
using Connector.Policies.Yaml;

namespace Connector.Cli;

/// <summary>The text of a file of documents, read within bounds.</summary>
internal static class DocumentText
{
    /// <summary>The text; null when it is none or too long: what is wrong is then added, with its place.</summary>
    /// <param name="name">What faults call the file.</param>
    public static string? Read(Stream stream, string name, List<string> wrong)
    {
        var faults = new Faults();
        var text = YamlBytes.Read(stream, name, faults);
        wrong.AddRange(faults.Select(f => f.ToString()));
        return text;
    }
}
