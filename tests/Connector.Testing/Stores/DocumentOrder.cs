using Connector.ControlPlane.Publications;

namespace Connector.Testing.Stores;

/// <summary>By the kind's name, then by the document's.</summary>
internal sealed class DocumentOrder : IComparer<DocumentKey>
{
    public static DocumentOrder Instance { get; } = new();

    public int Compare(DocumentKey x, DocumentKey y) =>
        x.Kind != y.Kind ? string.CompareOrdinal(x.Kind.ToString(), y.Kind.ToString()) : string.CompareOrdinal(x.Name, y.Name);
}
