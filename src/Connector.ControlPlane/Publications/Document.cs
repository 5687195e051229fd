namespace Connector.ControlPlane.Publications;

/// <summary>The kinds of document an operator applies.</summary>
public enum DocumentKind
{
    Peer,
    Policy,
    Dataset,
    Offer,
    Vocabulary,
}

/// <summary>What names a document.</summary>
public readonly record struct DocumentKey(DocumentKind Kind, string Name);

/// <summary>A document as it was applied.</summary>
/// <param name="Text">The YAML of this one document.</param>
/// <param name="Folder">Absolute folder that relative paths in it start from.</param>
public sealed record Document(DocumentKind Kind, string Name, string Text, string Folder, DateTimeOffset AppliedAt)
{
    public DocumentKey Key => new(Kind, Name);
}
