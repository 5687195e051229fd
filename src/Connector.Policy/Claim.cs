using System.Collections.Immutable;

namespace Connector.Policies;

/// <summary>A verified statement about a participant.</summary>
/// <param name="Values">Its values; usually one.</param>
/// <param name="Source">What vouches for it, in words, such as <c>pinned peer document acme</c>.</param>
public sealed record Claim(ImmutableArray<string> Values, string Source);
