using System.Collections.Immutable;

namespace Connector.ControlPlane.Publications;

/// <summary>A dataset of ours, as its document describes it.</summary>
/// <param name="Name">The document's name.</param>
/// <param name="Id">Its <c>@id</c> in catalogs and agreements.</param>
/// <param name="Title">Titles by language tag.</param>
/// <param name="Profile">The payload profile it claims, such as <c>pact/3.0</c>; null for none.</param>
/// <param name="ContentType">Media type; null lets the source decide.</param>
/// <param name="Source">Where its bytes are.</param>
public sealed record Dataset(
    string Name,
    string Id,
    ImmutableSortedDictionary<string, string> Title,
    string? Profile,
    string? ContentType,
    DataSource Source)
{
    /// <summary>Its version (dcat:version), compared by policies; null when its document names none.</summary>
    public string? Version { get; init; }

    /// <summary>The language its text is in (dct:language, a tag such as <c>ja</c>); null when its document names none.</summary>
    public string? Language { get; init; }
}

/// <summary>Where a dataset's bytes are.</summary>
/// <param name="Kind"><c>file</c>, <c>folder</c> or <c>http</c>.</param>
/// <param name="Location">Absolute path, or the source's address. Never told to a peer.</param>
public sealed record DataSource(string Kind, string Location)
{
    /// <summary>How the source is asked; of kind <c>http</c> only.</summary>
    public HttpSource? Http { get; init; }
}
