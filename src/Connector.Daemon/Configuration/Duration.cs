using System.Globalization;
using System.Text.RegularExpressions;

namespace Connector.Daemon.Configuration;

/// <summary>Spans of time as people write them: <c>30s</c>, <c>5m</c>, <c>12h</c>, <c>2d</c>, <c>250ms</c>, or ISO 8601 (<c>PT5M</c>, <c>P1DT12H</c>).</summary>
internal static partial class Duration
{
    private const int MaxLength = 32;

    public static bool TryParse(string text, out TimeSpan span)
    {
        span = default;
        if (text.Length > MaxLength)
        {
            return false;
        }

        var unit = WithUnit().Match(text);
        if (unit.Success)
        {
            return TryScale(unit.Groups["n"].Value, MillisecondsOf(unit.Groups["u"].Value), out span);
        }

        var iso = Iso8601().Match(text);
        return iso.Success && text is not ("P" or "PT") && !text.EndsWith('T') && TrySum(iso, out span);
    }

    /// <summary>The shortest form of a whole number of seconds or milliseconds, as <see cref="TryParse"/> reads it.</summary>
    public static string Format(TimeSpan span)
    {
        (long Size, string Unit)[] units = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1_000, "s"), (1, "ms")];
        var milliseconds = (long)span.TotalMilliseconds;
        var (size, name) = units.First(u => milliseconds % u.Size == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{milliseconds / size}{name}");
    }

    private static bool TrySum(Match iso, out TimeSpan span)
    {
        span = default;
        foreach (var unit in (string[])["d", "h", "m", "s"])
        {
            if (!iso.Groups[unit].Success)
            {
                continue;
            }

            if (!TryScale(iso.Groups[unit].Value, MillisecondsOf(unit), out var part) || part > TimeSpan.MaxValue - span)
            {
                return false;
            }

            span += part;
        }

        return true;
    }

    private static bool TryScale(string number, double milliseconds, out TimeSpan span)
    {
        span = default;
        var total = double.Parse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * milliseconds;
        if (total > TimeSpan.MaxValue.TotalMilliseconds / 2)
        {
            return false;
        }

        span = TimeSpan.FromMilliseconds(total);
        return true;
    }

    private static double MillisecondsOf(string unit) => unit switch
    {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => 86_400_000,
    };

    [GeneratedRegex(@"^(?<n>[0-9]+(?:\.[0-9]+)?)(?<u>ms|s|m|h|d)\z", RegexOptions.CultureInvariant)]
    private static partial Regex WithUnit();

    [GeneratedRegex(@"^P(?:(?<d>[0-9]+)D)?(?:T(?:(?<h>[0-9]+)H)?(?:(?<m>[0-9]+)M)?(?:(?<s>[0-9]+(?:\.[0-9]+)?)S)?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Iso8601();
}
