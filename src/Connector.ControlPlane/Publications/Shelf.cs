using System.Collections.Immutable;

namespace Connector.ControlPlane.Publications;

/// <summary>A dataset and all offers on it.</summary>
public sealed record Shelf(Dataset Dataset, ImmutableArray<OfferedDataset> Offers);
