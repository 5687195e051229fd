using System.Globalization;

namespace Connector.Policies;

/// <summary>Numbers as xsd:decimal writes them: digits, at most one point and one sign.</summary>
internal static class Numbers
{
    private const int MaxLength = 27;

    public static bool TryParse(string text, out decimal number)
    {
        number = 0;
        return text.Length <= MaxLength && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }
}
