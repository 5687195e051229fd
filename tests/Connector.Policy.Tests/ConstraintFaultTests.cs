using System.Text.Json;
using Connector.Policies;

namespace Connector.Policy.Tests;

/// <summary>Which comparisons are read, and beside each the next one that is not: where it stands, what is wrong with it, and how to mend it, to the letter.</summary>
public sealed class ConstraintFaultTests
{
    private const string NoInstant = "is no instant with an offset; write it as 2029-04-01T00:00:00+09:00";
    private const string NoDuration = "is no duration; write it as P30D, P1Y or PT12H";
    private const string NoDays = "is no number of days; write 0 to 365000";
    private const string NoMonths = "is no number of months; write 0 to 365000";
    private const string NoNumber = "is no number; write it in digits, such as 12 or 0.5";
    private const string Sets = "use isAnyOf, isAllOf or isNoneOf";

    [Theory]
    [InlineData("now", "2029-04-01T00:00Z", "2029-04-01T00:00", NoInstant)]
    [InlineData("now", "2029-12-01T00:00:00+09:00", "2029-13-01T00:00:00+09:00", NoInstant)]
    [InlineData("elapsed", "P30D", "30", NoDuration)]
    [InlineData("elapsed", "P0D", "P-1D", NoDuration)]
    [InlineData("elapsed", "P1000Y", "P1001Y", NoDuration)]
    [InlineData("elapsed", "P365000D", "P365001D", NoDuration)]
    [InlineData("elapsed", "PT8760000H", "PT8760001H", NoDuration)]
    [InlineData("elapsed", "PT525600000M", "PT999999999H", NoDuration)]
    [InlineData("elapsed", "P12000M", "P999999999Y", NoDuration)]
    [InlineData("elapsed", "PT0.0000001S", "PT0.00000001S", NoDuration)]
    [InlineData("elapsed", "P30D", "P٣٠D", NoDuration)]
    [InlineData("elapsed", "PT1.5S", "PT1.5S\n", NoDuration)]
    [InlineData("now", "2029-04-01T00:00:00Z", "٢٠٢٩-04-01T00:00:00Z", NoInstant)]
    [InlineData("now", "2029-04-01T00:00:00.5Z", "2029-04-01T00:00:00.5Z\n", NoInstant)]
    [InlineData("dataUsageEndDurationDays", "0", "-1", NoDays)]
    [InlineData("dataUsageEndDurationDays", "365000", "365000.5", NoDays)]
    [InlineData("dataUsageEndDurationDays", "0.5", "P1D", NoDays)]
    [InlineData("dataProvisioningEndDurationDays", "0", "-1", NoDays)]
    [InlineData("dataProvisioningEndDurationDays", "365000", "365001", NoDays)]
    [InlineData("warrantyDurationMonths", "0", "-1", NoMonths)]
    [InlineData("warrantyDurationMonths", "12", "P12M", NoMonths)]
    [InlineData("count", "-1", "--1", NoNumber)]
    [InlineData("count", "365001", "365,001", NoNumber)]
    [InlineData("count", "0.5", "half", NoNumber)]
    [InlineData("percentage", "12", "12 %", NoNumber)]
    [InlineData("count", "999999999999999999999999999", "9999999999999999999999999999", NoNumber)]
    public void A_value_is_of_the_kind_that_its_operand_has(string word, string right, string wrong, string fault)
    {
        var op = Operands.ByWord(word)!.Operators.Contains(ConstraintOperator.Lteq) ? "lteq" : "eq";

        Read(word, op, [right]);
        Refused(word, op, [wrong], $"'{wrong}' {fault}");
    }

    [Theory]
    [InlineData("isAllOf")]
    [InlineData("isAnyOf")]
    [InlineData("isNoneOf")]
    public void An_operator_of_sets_takes_one_value_or_several_and_not_none(string op)
    {
        Read("country", op, ["JP"]);
        Read("country", op, ["JP", "DE", "FR"]);
        Refused("country", op, [], "country is compared with nothing; give at least one value");
    }

    [Theory]
    [InlineData("country", "eq", "JP", "DE")]
    [InlineData("country", "neq", "JP", "DE")]
    [InlineData("country", "isA", "JP", "DE")]
    [InlineData("country", "hasPart", "JP", "DE")]
    [InlineData("country", "isPartOf", "JP", "DE")]
    [InlineData("count", "lt", "1", "2")]
    [InlineData("count", "lteq", "1", "2")]
    [InlineData("count", "gt", "1", "2")]
    [InlineData("count", "gteq", "1", "2")]
    public void Every_other_operator_takes_one_value_and_not_two(string word, string op, string one, string two)
    {
        Read(word, op, [one]);
        Refused(word, op, [one, two], $"{word} has several values for the operator {op}; {Sets}");
    }

    [Theory]
    [InlineData("country", "eq", "JP")]
    [InlineData("country", "isNoneOf", "JP", "DE")]
    [InlineData("count", "isAnyOf", "1", "2")]
    [InlineData("now", "lt", "2029-04-01T00:00:00Z")]
    [InlineData("elapsed", "lt", "P30D")]
    public void No_value_is_empty(string word, string op, params string[] values)
    {
        Read(word, op, values);
        Refused(word, op, [.. values[..^1], ""], $"{word} is compared with an empty text; give a value, or leave the condition out");
    }

    [Theory]
    [InlineData("now", "gteq", "eq", "2029-04-01T00:00:00Z", "lt, lteq, gt, gteq")]
    [InlineData("now", "lt", "isAnyOf", "2029-04-01T00:00:00Z", "lt, lteq, gt, gteq")]
    [InlineData("elapsed", "lteq", "gteq", "P30D", "eq, lt, lteq")]
    [InlineData("delay", "gteq", "lteq", "P30D", "eq, gt, gteq")]
    [InlineData("count", "isNoneOf", "isAllOf", "1", "eq, neq, lt, lteq, gt, gteq, isAnyOf, isNoneOf")]
    [InlineData("country", "isA", "lt", "JP", "eq, neq, isA, hasPart, isPartOf, isAllOf, isAnyOf, isNoneOf")]
    [InlineData("event", "gt", "neq", "x", "eq, lt, gt")]
    [InlineData("usagePurpose", "isAllOf", "isPartOf", "x", "eq, isAllOf, isAnyOf, isNoneOf")]
    [InlineData("liability", "eq", "isNoneOf", "x", "eq")]
    public void An_operand_is_compared_by_its_own_operators_alone(string word, string right, string wrong, string value, string operators)
    {
        Read(word, right, [value]);
        Refused(word, wrong, [value], $"{word} cannot be compared by {wrong}; use {operators}");
    }

    [Fact]
    public void Of_several_wrong_values_the_first_is_shown_and_no_more_of_it_than_a_line_holds()
    {
        Refused("count", "isAnyOf", ["1", "two", "three", "4"], $"'two' {NoNumber}");
        Refused("now", "lt", [new('9', 101)], $"'{new string('9', 100)}…' {NoInstant}");
        Refused("elapsed", "lt", [new('9', 101)], $"'{new string('9', 100)}…' {NoDuration}");
        Refused("dataUsageEndDurationDays", "eq", [new('9', 101)], $"'{new string('9', 100)}…' {NoDays}");
        Refused("count", "eq", [new('9', 101)], $"'{new string('9', 100)}…' {NoNumber}");
    }

    [Theory]
    [InlineData("dataUsageEndDurationDays: 365000", "dataUsageEndDurationDays: 365001", 41, "dataUsageEndDurationDays: '365001' " + NoDays)]
    [InlineData("dataProvisioningEndDurationDays: 2", "dataProvisioningEndDurationDays: -2", 48, "dataProvisioningEndDurationDays: '-2' " + NoDays)]
    [InlineData("count: { max: 12 }", "count: { max: dozen }", 29, "count.max: 'dozen' " + NoNumber)]
    [InlineData("count: { in: [ 1, 2 ] }", "count: { max: [ 1, 2 ] }", 29, "count.max: count has several values for the operator lteq; " + Sets)]
    [InlineData("country: { allOf: [ JP ] }", "country: { allOf: [] }", 33, "country.allOf: country is compared with nothing; give at least one value")]
    [InlineData("now: { from: 2029-04-01T00:00:00Z }", "now: 2029-04-01T00:00:00Z", 20, "now: now cannot be compared by eq; use lt, lteq, gt, gteq")]
    public void A_policy_file_is_told_the_same_with_line_and_column(string right, string wrong, int column, string fault)
    {
        Assert.Equal([], InFile(right));
        Assert.Equal([$"policy.yaml:5:{column}: permit[0].when[0].{fault}"], InFile(wrong));
    }

    private static void Read(string word, string op, string[] values)
    {
        var (constraint, faults) = InJson(word, op, values);

        Assert.Empty(faults);
        Assert.Equal(values, Assert.IsType<AtomicConstraint>(constraint).Values);
    }

    private static void Refused(string word, string op, string[] values, string fault) =>
        Assert.Equal([$"permission[0].constraint[0].rightOperand: {fault}"], InJson(word, op, values).Faults);

    private static (Constraint? Constraint, IEnumerable<string> Faults) InJson(string word, string op, string[] values)
    {
        var policy = new { permission = new[] { new { action = "use", constraint = new[] { new { leftOperand = Operands.ByWord(word)!.Iri, @operator = op, rightOperand = values } } } } };
        OdrlJson.TryRead(JsonSerializer.SerializeToElement(policy), out var read, out var faults);
        return (read.Permissions.FirstOrDefault()?.Constraints.FirstOrDefault(), faults.Select(f => f.ToString()));
    }

    private static IEnumerable<string> InFile(string condition)
    {
        var faults = new List<Fault>();
        PolicyText.Read($"apiVersion: connector/v1\nkind: Policy\nname: p\npermit:\n  - when: [ {{ {condition} }} ]\n", faults);
        return faults.Select(f => f.ToString());
    }
}
