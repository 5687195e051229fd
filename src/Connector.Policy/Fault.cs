using System.Globalization;

namespace Connector.Policies;

/// <summary>Something wrong in a document.</summary>
/// <param name="File">The file, or null when there is none.</param>
/// <param name="Line">From 1; 0 when no place can be named.</param>
/// <param name="Column">From 1; 0 likewise.</param>
/// <param name="Path">Where in the document, such as <c>permit[0].when[2].purpose</c>; may be empty.</param>
/// <param name="Message">What was found.</param>
/// <param name="Mend">What to do.</param>
public sealed record Fault(string? File, int Line, int Column, string Path, string Message, string Mend)
{
    /// <summary>In one line, position first, as editors and CI logs can follow it.</summary>
    public override string ToString()
    {
        var position = Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}: ") : File is null ? "" : $"{File}: ";
        return $"{position}{(Path.Length > 0 ? $"{Path}: " : "")}{Message}; {Mend}";
    }
}
