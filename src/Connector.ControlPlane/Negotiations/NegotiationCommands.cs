using System.Collections.Immutable;

namespace Connector.ControlPlane.Negotiations;

/// <summary>Operator: ask a peer for a contract.</summary>
/// <param name="Peer">Local name or participant id.</param>
/// <param name="OfferId">The offer's id in the peer's catalog, or its last part where that is unambiguous.</param>
/// <param name="DatasetId">The dataset; null looks it up in the peer's catalog.</param>
/// <param name="PolicyJson">Terms to ask for, as ODRL JSON; null for those of the catalog.</param>
/// <param name="Purposes">What the data is wanted for.</param>
/// <param name="Acceptance">Who answers a counter-offer.</param>
/// <param name="CallbackAddress">The peer's address, overriding the directory; null for none.</param>
public sealed record StartNegotiation(
    string Peer,
    string OfferId,
    string? DatasetId,
    string? PolicyJson,
    ImmutableArray<string> Purposes,
    Acceptance Acceptance,
    Binding? Binding,
    string? CallbackAddress = null);

/// <summary>Operator: make a peer an offer that it did not ask for.</summary>
public sealed record OfferNegotiation(string Peer, string OfferId, string? DatasetId, Acceptance Acceptance, Binding? Binding, string? CallbackAddress = null);
