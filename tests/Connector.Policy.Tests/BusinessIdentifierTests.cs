using System.Globalization;
using Connector.Policies;
using CsCheck;

namespace Connector.Policy.Tests;

public sealed class BusinessIdentifierTests
{
    [Theory]
    [InlineData("7123456789012")]
    [InlineData("4011001098993")]
    [InlineData("2120901007402")]
    [InlineData("1000020109142")]
    [InlineData("8000012010038")]
    [InlineData("8999999999901")]
    [InlineData("7999999999902")]
    [InlineData("6999999999903")]
    [InlineData("5999999999904")]
    public void A_corporate_number_with_its_check_digit_holds(string number) =>
        Assert.Null(BusinessIdentifierRules.FaultOfCorporateNumber(number));

    [Theory]
    [InlineData("1234567890123", "begins with 1, its other digits want 9")]
    [InlineData("9876543210987", "begins with 9, its other digits want 2")]
    [InlineData("0123456789012", "begins with 0, its other digits want 7")]
    [InlineData("712345678901", "is not a corporate number of 13 digits")]
    [InlineData("71234567890123", "is not a corporate number of 13 digits")]
    [InlineData("7123456789012\n", "is not a corporate number of 13 digits")]
    [InlineData("712345678901x", "is not a corporate number of 13 digits")]
    [InlineData("７１２３４５６７８９０１２", "is not a corporate number of 13 digits")]
    [InlineData("", "is not a corporate number of 13 digits")]
    public void Another_number_does_not_and_the_fault_says_why(string number, string why) =>
        Said(BusinessIdentifierRules.FaultOfCorporateNumber(number), number, why);

    [Fact]
    public void Each_base_has_exactly_one_check_digit() =>
        Gen.Long[0, 999_999_999_999].Sample(number =>
        {
            var digits = number.ToString("D12", CultureInfo.InvariantCulture);
            Assert.Equal(1, Enumerable.Range(0, 10).Count(check => BusinessIdentifierRules.FaultOfCorporateNumber($"{check}{digits}") is null));
        });

    [Theory]
    [InlineData("BPNL00000003AYRE")]
    [InlineData("BPNLZZZZZZZZZZZZ")]
    public void A_business_partner_number_holds(string bpn) => Assert.Null(BusinessIdentifierRules.FaultOfBpn(bpn));

    [Theory]
    [InlineData("BPNL00000003AYR")]
    [InlineData("BPNL00000003AYREE")]
    [InlineData("BPNL00000003AYRE\n")]
    [InlineData(" BPNL00000003AYRE")]
    [InlineData("BPNS00000003AYRE")]
    [InlineData("BPNL00000003ayre")]
    [InlineData("bpnl00000003AYRE")]
    [InlineData("")]
    public void Another_partner_number_does_not(string bpn) =>
        Said(BusinessIdentifierRules.FaultOfBpn(bpn), bpn, "is not BPNL followed by 12 characters of 0-9 and A-Z");

    [Theory]
    [InlineData("5493001KJTIIGC8Y1R12")]
    [InlineData("529900T8BM49AURSDO55")]
    public void A_LEI_with_its_check_digits_holds(string lei) => Assert.Null(BusinessIdentifierRules.FaultOfLei(lei));

    [Theory]
    [InlineData("5493001KJTIICG8Y1R12", "has wrong check digits")] // two neighbours swapped
    [InlineData("5493001KJTIIGC8Y1R13", "has wrong check digits")]
    [InlineData("5493001KJTIIGC8Y1R1", "is not a LEI of 18 characters of 0-9 and A-Z and two digits")]
    [InlineData("5493001KJTIIGC8Y1R120", "is not a LEI")]
    [InlineData("5493001KJTIIGC8Y1R12\n", "is not a LEI")]
    [InlineData("5493001KJTIIGC8Y1R1A", "is not a LEI")]
    [InlineData("5493001kjtiigc8y1r12", "is not a LEI")]
    [InlineData("", "is not a LEI")]
    public void Another_LEI_does_not_and_the_fault_says_why(string lei, string why) =>
        Said(BusinessIdentifierRules.FaultOfLei(lei), lei, why);

    [Fact]
    public void A_LEI_has_two_check_digits_for_each_base() =>
        Gen.Char["0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"].Array[18].Sample(letters =>
            Assert.Equal(1, Enumerable.Range(2, 97).Count(check => BusinessIdentifierRules.FaultOfLei($"{new string(letters)}{check:D2}") is null)));

    [Theory]
    [InlineData("corporateNumber", "8000012010038")]
    [InlineData("bpn", "BPNL00000003AYRE")]
    [InlineData("lei", "5493001KJTIIGC8Y1R12")]
    public void An_identifier_is_checked_by_its_word(string word, string value)
    {
        Assert.Null(BusinessIdentifierRules.FaultOf(word, value));
        Assert.NotNull(BusinessIdentifierRules.FaultOf(word, value + "0"));
        Assert.Null(BusinessIdentifierRules.FaultOf("duns", value + "0"));
    }

    private static void Said(string? fault, string found, string why)
    {
        Assert.StartsWith($"'{found}' ", fault, StringComparison.Ordinal);
        Assert.Contains(why, fault, StringComparison.Ordinal);
    }
}
