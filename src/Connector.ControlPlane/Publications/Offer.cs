using System.Collections.Immutable;

namespace Connector.ControlPlane.Publications;

/// <summary>An offer of ours, as its document describes it: it appears once per dataset, each time with an id of its own.</summary>
/// <param name="Id">Base of its ids; see <see cref="IdFor"/>.</param>
/// <param name="Datasets">Names of the datasets it is on.</param>
/// <param name="VisibleTo">Name of the policy that decides who may know of it; null for every authenticated peer.</param>
/// <param name="Terms">Name of the policy that the agreement will state.</param>
public sealed record Offer(string Name, string Id, ImmutableArray<string> Datasets, string? VisibleTo, string Terms, Acceptance Accept)
{
    /// <summary>The offer's <c>@id</c> on one dataset (DSP: unique to its dataset).</summary>
    public string IdFor(Dataset dataset) => Datasets.Length == 1 ? Id : $"{Id}:{dataset.Name}";
}
