using System.Globalization;

namespace Connector.Policies.Diff;

/// <summary>The values of a fact that has an order, numbers or instants, that matter: each one named, and one in each gap before, between and after them.</summary>
internal static class OrderCutting
{
    public static IEnumerable<Value> Values(OperandType type, IEnumerable<string> named)
    {
        var texts = type == OperandType.Instant
            ? Around(named.SelectMany(Instant)).Select(at => at.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture))
            : Around(named.SelectMany(Number), (n, one) => n + one, Between).Select(n => n.ToString(CultureInfo.InvariantCulture));
        return texts.Select(t => new Value(t, t));
    }

    /// <summary>Whether a text states a value of this type.</summary>
    public static bool Reads(OperandType type, string text) => type == OperandType.Instant ? Instant(text).Length > 0 : Number(text).Length > 0;

    /// <summary>Instants, and one in each gap before, between and after them, in order.</summary>
    public static IEnumerable<DateTimeOffset> Around(IEnumerable<DateTimeOffset> instants) => Around(instants, Beside, (a, b) => a + ((b - a) / 2));

    private static IEnumerable<T> Around<T>(IEnumerable<T> values, Func<T, int, T> beside, Func<T, T, T> between)
    {
        var named = values.Distinct().Order().ToList();
        for (var i = 0; i < named.Count; i++)
        {
            yield return i == 0 ? beside(named[i], -1) : between(named[i - 1], named[i]);
            yield return named[i];
        }

        if (named.Count > 0)
        {
            yield return beside(named[^1], 1);
        }
    }

    // At the ends of time there is nothing beside.
    private static DateTimeOffset Beside(DateTimeOffset at, int seconds) =>
        new(Math.Clamp(at.UtcTicks + (seconds * TimeSpan.TicksPerSecond), DateTimeOffset.MinValue.UtcTicks, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);

    // The one with the fewest digits that is about in the middle: more than numbers may have could not be stated.
    private static decimal Between(decimal a, decimal b)
    {
        var middle = a + ((b - a) / 2);
        return Enumerable.Range(0, 28).Select(digits => decimal.Round(middle, digits)).FirstOrDefault(n => a < n && n < b, a);
    }

    private static DateTimeOffset[] Instant(string value) => Spans.TryInstant(value, out var at) ? [at] : [];

    private static decimal[] Number(string value) => Numbers.TryParse(value, out var number) ? [number] : [];
}
