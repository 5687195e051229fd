using System.Collections.Immutable;
using Connector.Policies;
using Connector.Policies.Render;
using Connector.Testing;

namespace Connector.Policy.Tests;

/// <summary>What a compliance officer signs, to the letter: every word of the vocabulary in every comparison it allows.</summary>
public sealed class WordingTests
{
    private static readonly Policies.Policy s_everything = new()
    {
        Permissions =
        [
            .. EveryComparison.Policies.Select(p => p.Permissions[0]).GroupBy(p => ((AtomicConstraint)p.Constraints[0]).LeftOperand)
                .Select(g => new Permission("use", [.. g.Select(p => p.Constraints[0])], [])),
            new Permission("use", [.. Purposes.All.Known.Order(StringComparer.Ordinal).Select(w => new AtomicConstraint(Operands.Purpose, ConstraintOperator.Eq, [w]))], []),
            .. Actions.Known.Order(StringComparer.Ordinal).Select(a => new Permission(a, [], [new Duty(a, []), Due(a)])),
            new Permission("use", [],
            [
                By(Bound(Operands.DateTime, ConstraintOperator.Lteq, "2029-04-01T00:00:00+09:00")),
                By(Bound(Operands.ElapsedTime, ConstraintOperator.Lt, "P30D"), Bound(Operands.Event, ConstraintOperator.Gt, "agreementEnd")),
                By(Bound(Operands.Event, ConstraintOperator.Lt, "agreementEnd"), Bound(Operands.DateTime, ConstraintOperator.Lteq, "2029-04-01T00:00:00+09:00")),
                By(Bound(Operands.DateTime, ConstraintOperator.Gteq, "2028-04-01T00:00:00+09:00"), Bound(Operands.DateTime, ConstraintOperator.Lt, "2029-04-01T00:00:00+09:00"), Bound(Operands.DateTime, ConstraintOperator.Lt, "2029-05-01T00:00:00+09:00")),
            ]),
            .. Enum.GetValues<LogicalOperator>().Select(o => new Permission("use", [new LogicalConstraint(o, [Is("lei", "x"), new LogicalConstraint(LogicalOperator.Or, [Is("bpn", "y"), Is("country", "JP")])])], []) { Refinements = [Is("system", "mes")] }),
        ],
        Prohibitions =
        [
            new Prohibition("print", []) { Remedies = [Due("delete")] },
            new Prohibition("use", [Is("purpose", "ai-training"), Is("country", "JP")]) { Refinements = [Is("language", "ja")] },
        ],
        Obligations = [new Duty("inform", [Is("lei", "x")]) { Refinements = [Is("recipient", "did:web:a.example")], Consequences = [new Duty("compensate", [])] }],
        Profiles = ["https://w3id.org/catenax/2025/9/policy/"],
    };

    [Theory]
    [InlineData("en")]
    [InlineData("ja")]
    public void Every_word_in_every_comparison_reads_as_the_golden_file_says(string language)
    {
        var document = new PolicyDocument("everything", ImmutableSortedDictionary<string, string>.Empty.Add("en", "Everything").Add("ja", "すべて"), s_everything);
        var text = PolicyRendering.Of(document, language);

        Assert.Equal(Golden.Expect($"wording.{language}.txt", text), text);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ja")]
    public void A_policy_without_a_title_goes_by_its_name_and_one_of_one_permission_is_short(string language)
    {
        var text = PolicyRendering.Of(new PolicyDocument("free", ImmutableSortedDictionary<string, string>.Empty, Policies.Policy.Free), language);

        Assert.Equal(Golden.Expect($"wording.free.{language}.txt", text), text);
    }

    [Fact]
    public void A_language_that_is_not_spoken_is_refused_with_those_that_are() => Assert.Contains(
        "one of en, ja is wanted",
        Assert.Throws<ArgumentOutOfRangeException>(() => PolicyRendering.Of(new PolicyDocument("free", ImmutableSortedDictionary<string, string>.Empty, Policies.Policy.Free), "fr")).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("before: 2029-04-01T00:00:00Z", "delete the data before 1 April 2029 00:00 (UTC+00:00)")]
    [InlineData("when: [ { now: { until: 2029-04-01T00:00:00Z } } ]", "delete the data no later than 1 April 2029 00:00 (UTC+00:00)")]
    [InlineData("within: P30D", "delete the data within 30 days")]
    [InlineData("within: P30D, after: agreementEnd, before: 2029-04-01T00:00:00Z", "delete the data within 30 days after the end of the agreement, and before 1 April 2029 00:00 (UTC+00:00)")]
    public void A_duty_says_whether_its_last_instant_is_in_time(string bounds, string sentence) =>
        Assert.Equal(sentence, DutyText.Of(Assert.Single(PolicyText.Of($"permit: [ {{ then: [ {{ delete: {{ {bounds} }} }} ] }} ]").Permissions[0].Duties), Vocabulary.BuiltIn));

    private static Duty By(params AtomicConstraint[] bounds) => new("delete", [.. bounds]);

    private static AtomicConstraint Bound(string operand, ConstraintOperator op, string value) => new(operand, op, [value]);

    private static Duty Due(string action) => new(
        action,
        [
            new AtomicConstraint(Operands.ElapsedTime, ConstraintOperator.Lteq, ["P30D"]),
            new AtomicConstraint(Operands.DateTime, ConstraintOperator.Lt, ["2029-04-01T00:00:00+09:00"]),
            new AtomicConstraint(Operands.Event, ConstraintOperator.Gt, ["agreementEnd"]),
        ])
    {
        Consequences = [new Duty("compensate", [])],
    };

    private static AtomicConstraint Is(string word, string value) => new(Operands.ByWord(word)!.Iri, ConstraintOperator.Eq, [value]);
}
