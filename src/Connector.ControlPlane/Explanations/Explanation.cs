using System.Collections.Immutable;
using Connector.Policies;

namespace Connector.ControlPlane.Explanations;

/// <summary>Why something was or would be decided as it was, for the operator's eyes alone.</summary>
/// <param name="Subject">What it is about, in words.</param>
/// <param name="Stored">Whether it is the verdict of then; else it is one of now.</param>
/// <param name="At">When it was or is decided.</param>
/// <param name="Verdict">The verdict with its trace, as JSON text.</param>
public sealed record Explanation(string Subject, EnforcementPoint Point, bool Stored, DateTimeOffset At, string Verdict);

/// <summary>What if somebody asked for one of our offers?</summary>
/// <param name="Offer">Its name or <c>@id</c>.</param>
/// <param name="DatasetId">Needed where the offer is on several datasets.</param>
/// <param name="Participant">Local name of a peer, or any participant id.</param>
/// <param name="Claims">Instead of what is known of the participant; null for that.</param>
/// <param name="At">When; null for now.</param>
public sealed record WhatIfAsked(string Offer, string? DatasetId, string Participant, EnforcementPoint Point, ImmutableArray<string> Purposes, ImmutableDictionary<string, Claim>? Claims, DateTimeOffset? At)
{
    /// <summary>Duties that are taken to be done.</summary>
    public ImmutableArray<Fulfilment> Fulfilled { get; init; } = [];
}
