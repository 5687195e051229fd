using System.Collections.Immutable;
using Connector.Policies;
using Connector.Policies.Diff;
using CsCheck;

namespace Connector.Policy.Tests;

public sealed class PolicyDiffTests
{
    [Fact]
    public void Every_witness_of_a_difference_is_real() => PolicyGen.Pair.Sample(pair =>
    {
        var diff = Between(pair.Old, pair.New);
        Assert.All(diff.Gained, d => Assert.Equal((false, true), (Permits(pair.Old, d.Witness), Permits(pair.New, d.Witness))));
        Assert.All(diff.Lost, d => Assert.Equal((true, false), (Permits(pair.Old, d.Witness), Permits(pair.New, d.Witness))));
    }, iter: Effort.Of(80));

    [Fact]
    public void What_two_policies_answer_differently_is_found() => Gen.Select(PolicyGen.Pair, PolicyGen.Facts.Select(f => f with { TimeAlone = false }).Array[40]).Sample((pair, many) =>
    {
        var diff = Between(pair.Old, pair.New);
        var (old, @new) = (Compiled(pair.Old), Compiled(pair.New));
        foreach (var (facts, at) in many.SelectMany(f => AtEnds(f, old, @new)).SelectMany(f => Enum.GetValues<EnforcementPoint>().Select(at => (f, at))))
        {
            var (before, after) = (old.Permits(at, facts), @new.Permits(at, facts));
            Assert.False(!before && after && diff.Gained.IsEmpty && diff.Decided);
            Assert.False(before && !after && diff.Lost.IsEmpty && diff.Decided);
        }
    }, iter: Effort.Of(120));

    [Fact]
    public void A_policy_does_not_differ_from_itself() => PolicyGen.Pair.Sample(pair => Assert.True(Between(pair.Old, pair.Old).IsEmpty), iter: Effort.Of(100));

    [Fact]
    public void A_difference_names_only_what_matters()
    {
        var old = new Policies.Policy { Permissions = [new Permission("use", [Is("membership", "active"), Is("country", "JP")], [])] };
        var wider = new Policies.Policy { Permissions = [new Permission("use", [Is("country", "JP")], [])] };

        var diff = PolicyDiff.Between(old, wider);

        Assert.Empty(diff.Lost);
        Assert.Equal(["country is 'JP'", "membership"], Assert.Single(diff.Gained).When.Select(w => w.StartsWith("membership", StringComparison.Ordinal) ? "membership" : w.Split(" or ")[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_permitted_for_several_purposes_at_once_alone_is_compared_too()
    {
        var both = new AtomicConstraint(Operands.Purpose, ConstraintOperator.IsAllOf, ["marketing", "regulatory-reporting"]);
        var old = new Policies.Policy { Permissions = [new Permission("use", [both, Is("membership", "active")], [])] };
        var wider = new Policies.Policy { Permissions = [new Permission("use", [both], [])] };

        // In a catalog no purpose is told yet.
        var gained = Assert.Single(PolicyDiff.Between(old, wider).Gained, d => d.Witness.At != EnforcementPoint.Catalog);

        Assert.Empty(both.Values.Except(gained.Witness.Purposes));
    }

    [Fact]
    public void Where_two_policies_differ_on_several_numbers_at_once_alone_it_is_found()
    {
        var old = Using(new AtomicConstraint(Count, ConstraintOperator.Neq, ["1"]));
        var @new = Using(new LogicalConstraint(LogicalOperator.Or, [new AtomicConstraint(Count, ConstraintOperator.Lt, ["1"]), new AtomicConstraint(Count, ConstraintOperator.Gt, ["1"])]));

        var lost = Assert.Single(PolicyDiff.Between(old, @new).Lost);

        Assert.Equal(["0", "2"], lost.Witness.Observed["count"]);
    }

    [Fact]
    public void Where_two_policies_differ_on_several_unnamed_values_at_once_alone_it_is_found()
    {
        // France is meant by neither name nor word: it lies in the EU, and is neither the EU nor Germany.
        var old = Using(In("EU"), Not("country", "EU"), Not("country", "DE"));
        var @new = Using(In("EU"), Not("country", "EU"), Not("country", "DE"), Not("country", "JP"));

        var lost = Assert.Single(PolicyDiff.Between(old, @new).Lost).Witness.Claims["country"];

        Assert.Equal((2, true), (lost.Length, lost.Contains("JP")));
    }

    [Fact]
    public void Where_too_many_sets_of_values_can_be_told_apart_nothing_is_said_to_be_decided()
    {
        var many = Using([.. Enumerable.Range(0, 12).Select(i => new LogicalConstraint(LogicalOperator.Or, [Is("membership", $"m{i}"), Is("country", "JP")]))]);

        Assert.False(PolicyDiff.Between(many, many).Decided);
    }

    [Theory]
    [InlineData("permit: [ { when: [ { lei: a } ], then: [ { delete: } ] }, { when: [ { lei: b } ] } ]", "permit: [ { when: [ { lei: a } ] }, { when: [ { lei: b } ], then: [ { delete: } ] } ]", "+delete the data -delete the data")]
    [InlineData("permit: [ { then: [ { delete: { otherwise: [ { inform: } ] } } ] } ]", "permit: [ { then: [ { delete: } ] } ]", "+delete the data -delete the data; otherwise inform the provider")]
    [InlineData("permit: [ { action: use } ]\nforbid: [ { when: [ { lei: a } ] } ]", "permit: [ { action: use } ]\nforbid: [ { when: [ { lei: a } ], remedy: [ { inform: } ] } ]", "+inform the provider")]
    [InlineData("permit: [ { action: use } ]\nforbid: [ { when: [ { lei: a } ], remedy: [ { inform: } ] }, { when: [ { lei: b } ] } ]", "permit: [ { action: use } ]\nforbid: [ { when: [ { lei: a } ] }, { when: [ { lei: b } ], remedy: [ { inform: } ] } ]", "+inform the provider -inform the provider")]
    [InlineData("permit: [ { when: [ { lei: a } ], then: [ { delete: } ] } ]", "permit: [ { when: [ { lei: [ a, b ] } ], then: [ { delete: } ] } ]", "")]
    public void A_duty_that_is_laid_upon_others_than_before_is_told(string old, string @new, string told)
    {
        var diff = PolicyDiff.Between(Body(old), Body(@new));

        Assert.Equal(told, string.Join(' ', diff.DutiesGained.Select(d => $"+{d}").Concat(diff.DutiesLost.Select(d => $"-{d}"))));
    }

    [Theory]
    [InlineData("obtainConsent: { before: 2027-02-01T00:00:00Z }", "obtainConsent: { before: 2027-02-01T00:00:01Z }", true)]
    [InlineData("obtainConsent: { before: 2027-02-01T00:00:00Z, otherwise: [ { compensate: } ] }", "obtainConsent: { before: 2027-02-01T00:00:00Z }", false)]
    [InlineData("obtainConsent: { before: 2027-02-01T00:00:00Z }", "obtainConsent: { before: 2027-02-01T00:00:00Z, otherwise: [ { inform: } ] }", true)]
    public void Where_a_duty_that_comes_first_was_done_late_policies_are_compared_too(string old, string @new, bool gained)
    {
        var diff = PolicyDiff.Between(Body($"permit: [ {{ then: [ {{ {old} }} ] }} ]"), Body($"permit: [ {{ then: [ {{ {@new} }} ] }} ]"));

        Assert.Equal((gained, !gained), (!diff.Gained.IsEmpty, !diff.Lost.IsEmpty));
    }

    [Fact]
    public void Where_more_differs_than_is_told_nothing_is_said_to_be_decided()
    {
        var either = Enumerable.Range(0, 60).Select(i => new LogicalConstraint(LogicalOperator.And, [Is("participant", $"did:web:{i}.example"), Is("country", $"{(char)('A' + (i % 26))}{i}")]));

        Assert.False(PolicyDiff.Between(new Policies.Policy(), Using(new LogicalConstraint(LogicalOperator.Or, [.. either]))).Decided);
    }

    [Fact]
    public void Numbers_that_two_operands_read_from_one_claim_are_cut_together()
    {
        var diff = Between(new Policies.Policy(), Body("permit: [ { when: [ { supplierTier: { more: 1 } }, { lowestTier: { less: 2 } } ] } ]"));

        Assert.Equal((true, false), (diff.Decided, diff.Gained.IsEmpty));
    }

    [Theory]
    [InlineData("two", true)]
    [InlineData("2", false)]
    public void Where_a_claim_is_read_as_text_and_as_number_and_its_spelling_matters_nothing_is_said_to_be_decided(string text, bool decided) =>
        Assert.Equal(decided, Between(new Policies.Policy(), Body($"permit: [ {{ when: [ {{ supplierTier: {{ more: 1, less: 3 }} }}, {{ tierName: {{ not: \"{text}\" }} }} ] }} ]")).Decided);

    [Fact]
    public void One_second_more_is_found()
    {
        var diff = PolicyDiff.Between(Until("2029-04-01T00:00:00+09:00"), Until("2029-04-01T00:00:01+09:00"));

        Assert.Equal(["between 2029-04-01T00:00:00+09:00 and 2029-04-01T00:00:01+09:00"], Assert.Single(diff.Gained).When.Select(w => w.Split(" or ")[^1]));
    }

    private static readonly string Count = Operands.ByWord("count")!.Iri;

    private static Policies.Policy Using(params Constraint[] constraints) => new() { Permissions = [new Permission("use", [.. constraints], [])] };

    private static AtomicConstraint In(string region) => new(Operands.ByWord("country")!.Iri, ConstraintOperator.IsPartOf, [region]);

    private static AtomicConstraint Not(string word, string value) => new(Operands.ByWord(word)!.Iri, ConstraintOperator.Neq, [value]);

    private static Policies.Policy Body(string body) => PolicyText.Of(body, PolicyGen.Vocabulary);

    private static Policies.Policy Until(string instant) => new() { Permissions = [new Permission("use", [new AtomicConstraint(Operands.DateTime, ConstraintOperator.Lt, [instant])], [])] };

    private static AtomicConstraint Is(string word, string value) => new(Operands.ByWord(word)!.Iri, ConstraintOperator.Eq, ImmutableArray.Create(value));

    private static PolicyDiff Between(Policies.Policy old, Policies.Policy @new) => PolicyDiff.Between(old, @new, PolicyGen.Vocabulary);

    private static CompiledPolicy Compiled(Policies.Policy policy) => CompiledPolicy.Compile(policy, PolicyGen.Vocabulary);

    private static bool Permits(Policies.Policy policy, Request request) => Compiled(policy).Permits(request.At, request.ToFacts());

    // The facts as they are, and at each instant from their own on at which time changes what either policy says.
    private static IEnumerable<Facts> AtEnds(Facts facts, CompiledPolicy old, CompiledPolicy @new)
    {
        yield return facts;
        for (var at = facts; new[] { old.NextChange(at), @new.NextChange(at) }.Min() is { } next; )
        {
            at = at with { Now = next };
            yield return at with { Now = next.AddTicks(-1) };
            yield return at;
        }
    }
}
