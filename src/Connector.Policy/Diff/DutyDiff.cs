using System.Collections.Immutable;

namespace Connector.Policies.Diff;

/// <summary>Which duties change: those that only one of two policies has, and those that one and the same request owes under one of them alone.</summary>
internal sealed class DutyDiff(Policy old, Policy @new, Vocabulary vocabulary)
{
    private readonly HashSet<string> _met = new(StringComparer.Ordinal);
    private readonly HashSet<string> _gained = Known(@new).Except(Known(old), StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<string> _lost = Known(old).Except(Known(@new), StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);

    public ImmutableArray<string> Gained => Said(@new, _gained);

    public ImmutableArray<string> Lost => Said(old, _lost);

    /// <summary>Notes what two policies make of a request.</summary>
    public void Note(Rulings before, Rulings after)
    {
        // What is permitted no more, or newly, says so itself.
        if (before.Permitted != after.Permitted || !_met.Add($"{before} {after}"))
        {
            return;
        }

        var (had, owes) = (Owed(old, before), Owed(@new, after));
        _gained.UnionWith(owes.Except(had, StringComparer.Ordinal));
        _lost.UnionWith(had.Except(owes, StringComparer.Ordinal));
    }

    private static List<string> Owed(Policy policy, Rulings rulings) =>
    [
        .. (rulings.Permitted ? policy.Permissions[rulings.Allowing!.Value].Duties.Concat(policy.Obligations) : rulings.Striking.SelectMany(i => policy.Prohibitions[i].Remedies)).Select(CanonicalText.Of),
    ];

    private static IEnumerable<Duty> All(Policy policy) => policy.Permissions.SelectMany(p => p.Duties).Concat(policy.Obligations).Concat(policy.Prohibitions.SelectMany(p => p.Remedies));

    private static IEnumerable<string> Known(Policy policy) => All(policy).Select(CanonicalText.Of);

    private ImmutableArray<string> Said(Policy policy, HashSet<string> duties) => [.. All(policy).Where(d => duties.Contains(CanonicalText.Of(d))).Select(Text).Distinct(StringComparer.Ordinal)];

    private string Text(Duty duty) => Render.DutyText.Of(duty, vocabulary) + (duty.Consequences.IsEmpty ? "" : $"; otherwise {string.Join(", ", duty.Consequences.Select(Text))}");
}
