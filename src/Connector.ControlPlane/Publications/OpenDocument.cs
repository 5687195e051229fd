using Connector.Policies.Yaml;

namespace Connector.ControlPlane.Publications;

/// <summary>A document whose kind is known, and whose rest is not read yet.</summary>
/// <param name="Text">The YAML of this one document.</param>
/// <param name="At">When it was, or is, applied.</param>
/// <param name="Sound">Whether nothing is wrong with it so far.</param>
public sealed record OpenDocument(DocumentKind Kind, Fields Fields, string Text, DocumentFile File, DateTimeOffset At, bool Sound)
{
    /// <summary>What names it; an empty name where it has none.</summary>
    public DocumentKey Key => new(Kind, Fields.Find("name") is YamlScalar name ? name.Value : "");
}
