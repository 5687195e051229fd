using System.Collections.Immutable;
using Connector.Policies;
using Connector.Policies.Diff;
using CsCheck;

namespace Connector.Policy.Tests;

public sealed class PolicyDiffTests
{
    [Fact]
    public void Every_witness_of_a_difference_is_real() => Gen.Select(PolicyGen.Policy, PolicyGen.Policy).Sample((old, @new) =>
    {
        var diff = PolicyDiff.Between(old, @new);
        Assert.All(diff.Gained, d => Assert.Equal((false, true), (Permits(old, d.Witness), Permits(@new, d.Witness))));
        Assert.All(diff.Lost, d => Assert.Equal((true, false), (Permits(old, d.Witness), Permits(@new, d.Witness))));
    }, iter: Effort.Of(40));

    [Fact]
    public void What_two_policies_answer_differently_is_found() => Gen.Select(PolicyGen.Policy, PolicyGen.Policy, Gen.Enum<EnforcementPoint>(), PolicyGen.Facts.Select(f => f with { TimeAlone = false }).Array[20]).Sample((old, @new, at, many) =>
    {
        var diff = PolicyDiff.Between(old, @new);
        foreach (var facts in many)
        {
            var (before, after) = (CompiledPolicy.Compile(old).Evaluate(at, facts).Permitted, CompiledPolicy.Compile(@new).Evaluate(at, facts).Permitted);
            Assert.False(!before && after && diff.Gained.IsEmpty && diff.Decided);
            Assert.False(before && !after && diff.Lost.IsEmpty && diff.Decided);
        }
    }, iter: Effort.Of(40));

    [Fact]
    public void A_policy_does_not_differ_from_itself() => PolicyGen.Policy.Sample(policy => Assert.True(PolicyDiff.Between(policy, policy).IsEmpty), iter: Effort.Of(20));

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

    private static Policies.Policy Until(string instant) => new() { Permissions = [new Permission("use", [new AtomicConstraint(Operands.DateTime, ConstraintOperator.Lt, [instant])], [])] };

    private static AtomicConstraint Is(string word, string value) => new(Operands.ByWord(word)!.Iri, ConstraintOperator.Eq, ImmutableArray.Create(value));

    private static bool Permits(Policies.Policy policy, Request request) => CompiledPolicy.Compile(policy).Evaluate(request.At, request.ToFacts()).Permitted;
}
