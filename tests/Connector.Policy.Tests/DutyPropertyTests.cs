using System.Collections.Immutable;
using Connector.Policies;
using Connector.Policies.Render;
using CsCheck;

namespace Connector.Policy.Tests;

/// <summary>What is shown of duties and what the evaluator makes of them are one.</summary>
public sealed class DutyPropertyTests
{
    private static readonly DateTimeOffset s_start = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<DateTimeOffset> s_day = Gen.Int[0, 20].Select(day => s_start.AddDays(day));

    private static readonly Gen<Duty> s_duty = Duties(2);

    private static readonly Gen<Fulfilment> s_fulfilment = Gen.Select(
        PolicyGen.Pick("obtainConsent", "compensate", "delete", "permit[0].then[0]", "permit[0].then[1]", "oblige[0]", "permit[0].then[0].otherwise[0]", "permit[0].then[0].otherwise[0].otherwise[0]"),
        Gen.Frequency((4, s_day.Select(at => (DateTimeOffset?)at)), (1, PolicyGen.Pick<DateTimeOffset?>([null]))),
        (duty, at) => new Fulfilment(duty, at));

    private static readonly Gen<DateTimeOffset?> s_end = Gen.Frequency((1, PolicyGen.Pick<DateTimeOffset?>([null])), (1, s_day.Select(at => (DateTimeOffset?)at)));

    [Fact]
    public void Data_is_refused_exactly_where_a_duty_is_shown_to_withhold_it()
    {
        var (withheld, late) = (0, 0);
        Gen.Select(s_duty.Array[0, 3], s_duty.Array[0, 1], s_fulfilment.Array[0, 4], s_end, s_day).Sample(
            (duties, obligations, fulfilled, end, now) =>
            {
                var policy = new Policies.Policy { Permissions = [new Permission("use", [], [.. duties])], Obligations = [.. obligations] };
                var events = new DutyEvents(new Dictionary<string, DateTimeOffset?> { ["agreementEnd"] = end });
                var standing = DutyStanding.Of(policy, [.. fulfilled], events, s_start, now);
                var facts = Asked.Nothing with { Now = now, Fulfilled = [.. fulfilled] };

                Assert.Equal(!standing.Any(d => d.IsMissing), CompiledPolicy.Compile(policy).Permits(EnforcementPoint.Transfer, facts));
                Assert.All(standing, d => Assert.False(string.IsNullOrEmpty(DutyText.Of(d.Duty, Vocabulary.BuiltIn))));
                Interlocked.Add(ref withheld, standing.Any(d => d.IsMissing) ? 1 : 0);
                Interlocked.Add(ref late, standing.Any(d => d.ComesFirst && d.State == DutyState.FulfilledLate && !d.IsMissing) ? 1 : 0);
            },
            iter: Effort.Of(100_000));

        Assert.True(withheld > 0 && late > 0, $"{withheld} were withheld, {late} made good");
    }

    [Fact]
    public void Of_any_terms_data_is_shown_as_withheld_only_where_it_is_refused_and_always_where_a_duty_alone_is_why()
    {
        var (withheld, other) = (0, 0);
        Gen.Select(PolicyGen.Policy, PolicyGen.Facts).Sample(
            (policy, facts) =>
            {
                var compiled = CompiledPolicy.Compile(policy);
                var standing = DutyStanding.Of(policy, facts.Fulfilled, DutyEvents.None, facts.AgreementSignedAt, facts.Now);
                var withholding = compiled.Withholding(EnforcementPoint.Transfer, facts with { TimeAlone = false }, standing);
                var asked = facts with { TimeAlone = false };
                var permits = compiled.Permits(EnforcementPoint.Transfer, asked);
                var done = compiled.Permits(EnforcementPoint.Transfer, asked with { Fulfilled = [.. standing.Select(d => new Fulfilment(d.Place, DateTimeOffset.MinValue))] });

                Assert.False(permits && !withholding.IsEmpty, "shown as withheld, and it flows");
                Assert.False(!permits && done && withholding.IsEmpty, "withheld for a duty, and none is shown");
                Interlocked.Add(ref withheld, !permits && done ? 1 : 0);
                Interlocked.Add(ref other, permits && standing.Any(d => d.IsMissing) ? 1 : 0);
            },
            iter: Effort.Of(100_000));

        Assert.True(withheld > 0 && other > 0, $"{withheld} were withheld, {other} flowed by another permission");
    }

    [Fact]
    public void What_time_brings_to_a_duty_it_does_not_take_back() => Gen.Select(s_duty, s_fulfilment.Array[0, 2], s_end, s_day, s_day).Sample(
        (duty, fulfilled, end, one, other) =>
        {
            var policy = new Policies.Policy { Permissions = [new Permission("use", [], [duty])] };
            var events = new DutyEvents(new Dictionary<string, DateTimeOffset?> { ["agreementEnd"] = end });
            var (sooner, later) = (States(one < other ? one : other), States(one < other ? other : one));
            return sooner.Zip(later).All(s => s.First.State == s.Second.State || (s.First.State, s.Second.State) is (DutyState.Open, DutyState.Overdue) or (DutyState.NotOwed, DutyState.Open or DutyState.Overdue));

            ImmutableArray<DutyStanding> States(DateTimeOffset now) => DutyStanding.Of(policy, [.. fulfilled], events, s_start, now);
        },
        iter: Effort.Of(100_000));

    private static Gen<Duty> Duties(int depth) => Gen.Select(
        PolicyGen.Pick("obtainConsent", "compensate", "delete", "attribute"),
        Bound().Array[0, 2],
        depth == 0 ? Gen.Const(Array.Empty<Duty>()) : Gen.Frequency((1, Gen.Const(Array.Empty<Duty>())), (1, Gen.Select(Duties(depth - 1), Gen.Int[1, 2], (duty, count) => Enumerable.Repeat(duty, count).ToArray()))),
        (action, bounds, consequences) => new Duty(action, [.. bounds]) { Consequences = [.. consequences] });

    private static Gen<AtomicConstraint> Bound() => Gen.Frequency(
        (3, Gen.Select(PolicyGen.Pick(ConstraintOperator.Lt, ConstraintOperator.Lteq), s_day, (op, at) => Atom(Operands.DateTime, op, Spans.Text(at)))),
        (1, Gen.Int[1, 10].Select(days => Atom(Operands.ElapsedTime, ConstraintOperator.Lteq, $"P{days}D"))),
        (1, PolicyGen.Pick("agreementEnd", "harvest").Select(name => Atom(Operands.Event, ConstraintOperator.Gt, name))));

    private static AtomicConstraint Atom(string operand, ConstraintOperator op, string value) => new AtomicConstraint(operand, op, [value]);
}
