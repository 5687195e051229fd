using System.Globalization;

namespace Connector.Policies.Diff;

/// <summary>The values of a fact that has an order, numbers or instants, that matter: each one named, one before and one after; and none.</summary>
internal static class OrderCutting
{
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(1);

    public static IEnumerable<Region> Candidates(Operand operand, IReadOnlyList<AtomicConstraint> atoms)
    {
        var named = atoms.SelectMany(a => a.Values);
        var texts = operand.Type == OperandType.Instant
            ? named.SelectMany(Around).Distinct().Order().Select(at => at.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture))
            : named.SelectMany(AroundNumber).Distinct().Order().Select(n => n.ToString(CultureInfo.InvariantCulture));
        foreach (var text in texts)
        {
            yield return new Region($"{operand.Word} is {text}", TextCutting.Put(operand, [text]));
        }

        yield return new Region($"{operand.Word} is not known", TextCutting.Put(operand, []));
    }

    private static DateTimeOffset[] Around(string value) => Spans.TryInstant(value, out var at) ? [at - s_step, at, at + s_step] : [];

    private static decimal[] AroundNumber(string value) => Numbers.TryParse(value, out var number) ? [number - 0.5m, number, number + 0.5m] : [];
}
