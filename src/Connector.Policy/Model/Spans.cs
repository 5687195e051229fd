using System.Globalization;
using System.Text.RegularExpressions;

namespace Connector.Policies;

/// <summary>Spans and instants as ODRL writes them (xsd:duration, xsd:dateTime).</summary>
public static partial class Spans
{
    private const int MostYears = 1000;
    private const int MostDays = MostYears * 365;

    /// <summary>The instant a span after a start, calendar months and years counted from the start; null when the text is no xsd:duration or the result is out of range.</summary>
    public static DateTimeOffset? After(DateTimeOffset start, string duration) => TryParse(duration, out var months, out var rest) ? After(start, months, rest) : null;

    /// <summary>The instant whole months, of the calendar of UTC, and then a rest after a start; null when it is out of range.</summary>
    public static DateTimeOffset? After(DateTimeOffset start, int months, TimeSpan rest)
    {
        try
        {
            // One signature is written with another offset on either side, and must end on both at once.
            return start.ToUniversalTime().AddMonths(months) + rest;
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Reads the span that an operand of this type is compared with: a duration, or a number of days.</summary>
    public static bool TryRead(OperandType type, string text, out int months, out TimeSpan rest)
    {
        if (type != OperandType.Number)
        {
            return TryParse(text, out months, out rest);
        }

        var read = TryCount(text, out var days);
        (months, rest) = (0, TimeSpan.FromDays((double)days));
        return read;
    }

    /// <summary>Reads an xsd:duration that is not negative: whole months, and days, hours, minutes and seconds, each part up to a thousand years.</summary>
    public static bool TryParse(string text, out int months, out TimeSpan rest)
    {
        (months, rest) = (0, TimeSpan.Zero);
        var match = Pattern().Match(text);
        if (!match.Success || text.EndsWith('P') || text.EndsWith('T'))
        {
            return false;
        }

        var whole = (Number(match, "Y") * 12) + Number(match, "M");
        var seconds = (((((Number(match, "D") * 24) + Number(match, "H")) * 60) + Number(match, "N")) * 60) + Number(match, "S");
        if (whole > MostYears * 12 || seconds > MostDays * 86_400m)
        {
            return false;
        }

        (months, rest) = ((int)whole, TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond)));
        return true;
    }

    /// <summary>Reads a number of days or of months, 0 to 365 000, parts of them allowed.</summary>
    public static bool TryCount(string text, out decimal count)
    {
        var read = Numbers.TryParse(text, out var number) && number is >= 0 and <= MostDays;
        count = read ? number : 0;
        return read;
    }

    /// <summary>Reads an instant; it must bear its offset, so that it means the same everywhere.</summary>
    public static bool TryInstant(string text, out DateTimeOffset instant)
    {
        instant = default;
        return Offset().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out instant);
    }

    /// <summary>An instant as short as it is exact, in its own offset: <c>2029-04-01T00:00:00+09:00</c>, <c>2029-03-31T15:00:00.25Z</c>.</summary>
    public static string Text(DateTimeOffset instant) => instant.ToString(instant.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    private static decimal Number(Match match, string group) => match.Groups[group].Success ? decimal.Parse(match.Groups[group].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^P((?<Y>[0-9]{1,9})Y)?((?<M>[0-9]{1,9})M)?((?<D>[0-9]{1,9})D)?(T((?<H>[0-9]{1,9})H)?((?<N>[0-9]{1,9})M)?((?<S>[0-9]{1,9}(\.[0-9]{1,7})?)S)?)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,7})?)?(Z|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Offset();
}
