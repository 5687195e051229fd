using System.Collections.Immutable;

namespace Connector.Policies.Diff;

/// <summary>A fact that policies look at, cut where their constraints cut it. Values that no constraint can tell apart stand together.</summary>
/// <param name="Name">Such as <c>membership</c>.</param>
/// <param name="Regions">What is left to tell apart; never empty.</param>
internal sealed record Dimension(string Name, ImmutableArray<Region> Regions)
{
    /// <summary>False when there are more regions than are worth walking, and some are left out.</summary>
    public bool IsWhole { get; init; } = true;
}

/// <summary>Values of a fact that every constraint answers alike.</summary>
/// <param name="Said">In words, such as <c>membership is 'active'</c>.</param>
/// <param name="Put">States one of the values in a request.</param>
internal sealed record Region(string Said, Func<Request, Request> Put)
{
    /// <summary>Where a value is several that are asked one by one: each of them alone.</summary>
    public ImmutableArray<Region> Parts { get; init; } = [];

    /// <summary>Whether each of its values is several at once.</summary>
    public bool Several { get; init; }
}
