using System.Globalization;
using System.Text;

namespace Connector.Trust.Canonical;

/// <summary>Numbers of canonical JSON: ECMAScript's shortest form that reads back as the same double (RFC 8785 §3.2.2.3).</summary>
internal static class JcsNumber
{
    // ECMAScript's Number::toString writes plain digits for decimal points from -6 to 21.
    private const int PlainFrom = -6;
    private const int PlainTo = 21;
    private const double ExactIntegers = 9007199254740992;

    /// <summary>The canonical text of a JSON number literal.</summary>
    /// <exception cref="FormatException">Beyond the range of a double, or an integer that a double would round.</exception>
    public static string Format(string literal)
    {
        var value = double.Parse(literal, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
            throw new FormatException($"the number {Shown(literal)} is beyond the range of a double (RFC 8785 §3.2.2.3); write it as a string");
        var text = Format(value);
        if (Math.Abs(value) >= ExactIntegers && text != literal && !literal.AsSpan().ContainsAny('.', 'e', 'E'))
            throw new FormatException($"the integer {Shown(literal)} would be rounded to {text} (RFC 8785 §3.2.2.3); write it as a string");
        return text;
    }

    /// <summary>The canonical text of a finite double.</summary>
    public static string Format(double value)
    {
        if (value == 0)
            return "0"; // Minus zero too.
        var (digits, point) = Shortest(Math.Abs(value));
        var text = new StringBuilder(value < 0 ? "-" : "", 32);
        if (point is > 0 and <= PlainTo)
        {
            if (digits.Length <= point)
                text.Append(digits).Append('0', point - digits.Length);
            else
                text.Append(digits.AsSpan(0, point)).Append('.').Append(digits.AsSpan(point));
        }
        else if (point is > PlainFrom and <= 0)
        {
            text.Append("0.").Append('0', -point).Append(digits);
        }
        else
        {
            text.Append(digits[0]);
            if (digits.Length > 1)
                text.Append('.').Append(digits.AsSpan(1));
            text.Append('e').Append(point > 0 ? '+' : '-').Append(CultureInfo.InvariantCulture, $"{Math.Abs(point - 1)}");
        }

        return text.ToString();
    }

    /// <summary>The shortest digits that read back as the value, and where the decimal point stands: value = 0.digits × 10^point.</summary>
    private static (string Digits, int Point) Shortest(double value)
    {
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var exponentAt = shortest.IndexOf('E', StringComparison.Ordinal);
        var mantissa = exponentAt < 0 ? shortest : shortest[..exponentAt];
        var exponent = exponentAt < 0 ? 0 : int.Parse(shortest.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var pointAt = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = pointAt < 0 ? mantissa.Length : pointAt;
        var all = pointAt < 0 ? mantissa : mantissa.Remove(pointAt, 1);
        var significant = all.TrimStart('0');
        var leading = all.Length - significant.Length;
        return (significant.TrimEnd('0'), whole - leading + exponent);
    }

    private static string Shown(string literal) => literal.Length <= 40 ? literal : literal[..40] + "…";
}
