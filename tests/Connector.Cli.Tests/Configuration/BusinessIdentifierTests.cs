using Connector.Policies;
using System.Globalization;
using CsCheck;

namespace Connector.Cli.Tests.Configuration;

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
    [InlineData("1234567890123")]
    [InlineData("9876543210987")]
    [InlineData("0123456789012")]
    [InlineData("712345678901")]
    [InlineData("71234567890123")]
    [InlineData("７１２３４５６７８９０１２")]
    public void Another_number_does_not(string number) =>
        Assert.NotNull(BusinessIdentifierRules.FaultOfCorporateNumber(number));

    [Fact]
    public void Each_base_has_exactly_one_check_digit() =>
        Gen.Long[0, 999_999_999_999].Sample(number =>
        {
            var digits = number.ToString("D12", CultureInfo.InvariantCulture);
            Assert.Equal(1, Enumerable.Range(0, 10).Count(check => BusinessIdentifierRules.FaultOfCorporateNumber($"{check}{digits}") is null));
        });

    [Fact]
    public void A_lei_with_two_neighbours_swapped_is_refused()
    {
        Assert.Null(BusinessIdentifierRules.FaultOfLei("5493001KJTIIGC8Y1R12"));
        Assert.NotNull(BusinessIdentifierRules.FaultOfLei("5493001KJTIICG8Y1R12"));
    }
}
