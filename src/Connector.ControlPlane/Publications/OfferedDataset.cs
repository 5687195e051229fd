using Connector.ControlPlane.Negotiations;
using Connector.Policies;

namespace Connector.ControlPlane.Publications;

/// <summary>An offer on one dataset, with its policies at hand.</summary>
/// <param name="Terms">What a peer is offered: ids and ODRL JSON.</param>
/// <param name="TermsPolicy">The same rules, compiled.</param>
/// <param name="VisibleTo">Who may know of it; null for every authenticated peer.</param>
public sealed record OfferedDataset(Offer Offer, Dataset Dataset, Terms Terms, KnownPolicy TermsPolicy, CompiledPolicy? VisibleTo);

/// <summary>A policy in all the forms that decisions need.</summary>
/// <param name="Json">ODRL JSON text of its rules.</param>
public sealed record KnownPolicy(Policy Policy, CompiledPolicy Compiled, string Json)
{
    /// <summary>The words that it was read by.</summary>
    public Vocabulary Vocabulary { get; init; } = Vocabulary.BuiltIn;
}
