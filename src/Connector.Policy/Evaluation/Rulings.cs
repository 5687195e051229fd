using System.Collections.Immutable;

namespace Connector.Policies;

/// <summary>Which rules of a policy decide a request, by their numbers.</summary>
/// <param name="Striking">The prohibitions that strike.</param>
/// <param name="Allowing">The first permission that allows; null when none does.</param>
internal readonly record struct Rulings(ImmutableArray<int> Striking, int? Allowing)
{
    public bool Permitted => Striking.IsEmpty && Allowing is not null;

    public override string ToString() => $"{Allowing}-{string.Join(',', Striking)}";
}
