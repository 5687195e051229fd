using System.Collections.Immutable;
using Connector.Policies.Diff;

namespace Connector.Policies.Lint;

/// <summary>How an offer uses policies.</summary>
/// <param name="VisibleTo">Name of the policy that says who may know of it; null for none.</param>
/// <param name="Terms">Name of the policy that the agreement states.</param>
public sealed record OfferSource(string Name, ImmutableArray<string> Datasets, string? VisibleTo, string Terms);

/// <summary>Finds what offers make of policies that their writers hardly mean.</summary>
public static class OfferLint
{
    public static ImmutableArray<Finding> Check(IReadOnlyCollection<OfferSource> offers, IReadOnlyCollection<PolicySource> policies)
    {
        var known = policies.ToLookup(p => p.Document.Name, StringComparer.Ordinal);
        return [.. offers.SelectMany(o => Hidden(o, known)), .. Wider(offers, known)];
    }

    private static IEnumerable<Finding> Hidden(OfferSource offer, ILookup<string, PolicySource> policies) =>
        from source in policies[offer.VisibleTo ?? ""]
        from placed in Places.Atoms(source)
        let operand = source.OperandOf(placed.Atom)
        where operand is { Points.Count: > 0 } && !operand.Points.Contains(EnforcementPoint.Catalog)
        select new Finding("unenforced", Severity.Warning, placed.Fault($"'{operand.Word}' is not asked in the catalog, where offer '{offer.Name}' uses this policy", "ask there for what is verified of the participant; put this into the terms"));

    private static IEnumerable<Finding> Wider(IReadOnlyCollection<OfferSource> offers, ILookup<string, PolicySource> policies)
    {
        foreach (var (narrow, wide) in offers.SelectMany(a => offers.Select(b => (a, b))).Where(p => p.a.Terms != p.b.Terms))
        {
            if (narrow.Datasets.Intersect(wide.Datasets, StringComparer.Ordinal).FirstOrDefault() is { } dataset
                && policies[narrow.Terms].FirstOrDefault() is { } one && policies[wide.Terms].FirstOrDefault() is { } other
                && PolicyDiff.Between(one.Document.Policy, other.Document.Policy, other.Document.Vocabulary) is { Decided: true, Lost.IsEmpty: true, Gained: [var more, ..] })
            {
                yield return new Finding("wider", Severity.Warning, other.At(
                    $"permits all that '{narrow.Terms}' permits on dataset '{dataset}', and more: {string.Join("; ", more.When)}", $"narrow it, or take the dataset out of offer '{wide.Name}' or '{narrow.Name}'"));
            }
        }
    }
}
