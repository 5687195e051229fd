using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Connector.Policies;

/// <summary>The check digits and forms of business identifiers. Each answers null when the identifier holds, else what is wrong.</summary>
public static partial class BusinessIdentifierRules
{
    /// <summary>
    /// 法人番号: check digit, then a base of 12 digits; check = 9 − (Σ digit × weight mod 9), weights 1, 2, 1, 2 … from the right
    /// (Ordinance on the Designation of Corporate Numbers, article 2).
    /// </summary>
    public static string? FaultOfCorporateNumber(string number)
    {
        if (number.Length != 13 || !number.All(char.IsAsciiDigit))
        {
            return $"'{number}' is not a corporate number of 13 digits";
        }

        var sum = 0;
        for (var i = 1; i <= 12; i++)
        {
            sum += (number[i] - '0') * (i % 2 == 0 ? 1 : 2);
        }

        var check = 9 - (sum % 9);
        return number[0] - '0' == check ? null : string.Create(CultureInfo.InvariantCulture, $"'{number}' has the wrong check digit: it begins with {number[0]}, its other digits want {check}");
    }

    /// <summary>A legal entity's business partner number: <c>BPNL</c> and 12 characters of 0-9 and A-Z.</summary>
    public static string? FaultOfBpn(string bpn) =>
        Bpnl().IsMatch(bpn) ? null : $"'{bpn}' is not BPNL followed by 12 characters of 0-9 and A-Z";

    /// <summary>ISO 17442: 18 characters and two check digits by ISO 7064 MOD 97-10.</summary>
    public static string? FaultOfLei(string lei)
    {
        if (!Lei().IsMatch(lei))
        {
            return $"'{lei}' is not a LEI of 18 characters of 0-9 and A-Z and two digits";
        }

        var digits = string.Concat(lei.Select(c => char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10));
        return BigInteger.Parse(digits, CultureInfo.InvariantCulture) % 97 == 1 ? null : $"'{lei}' has wrong check digits";
    }

    /// <summary>Checks an identifier by its word: <c>corporateNumber</c>, <c>bpn</c> or <c>lei</c>.</summary>
    public static string? FaultOf(string word, string value) => word switch
    {
        "corporateNumber" => FaultOfCorporateNumber(value),
        "bpn" => FaultOfBpn(value),
        "lei" => FaultOfLei(value),
        _ => null,
    };

    [GeneratedRegex(@"^BPNL[0-9A-Z]{12}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Bpnl();

    [GeneratedRegex(@"^[0-9A-Z]{18}[0-9]{2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Lei();
}
