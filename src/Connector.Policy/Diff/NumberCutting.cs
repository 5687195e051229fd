using System.Globalization;

namespace Connector.Policies.Diff;

/// <summary>The numbers that matter: each one named, one less and one more; and none.</summary>
internal static class NumberCutting
{
    public static IEnumerable<Region> Candidates(Operand operand, IReadOnlyList<AtomicConstraint> atoms)
    {
        var named = atoms.SelectMany(a => a.Values).Select(v => decimal.TryParse(v, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : 0).Distinct().Order().ToList();
        foreach (var number in named.SelectMany(n => (decimal[])[n, n - 0.5m, n + 0.5m]).Distinct())
        {
            var text = number.ToString(CultureInfo.InvariantCulture);
            yield return new Region($"{operand.Word} is {text}", r => r with { Observed = r.Observed.SetItem(operand.Word, [text]) });
        }

        yield return new Region($"{operand.Word} is not known", r => r with { Observed = r.Observed.Remove(operand.Word) });
    }
}
