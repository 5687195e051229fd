using System.Globalization;
using Connector.Policies;
using Connector.Policies.Diff;
using CsCheck;
using static Connector.Policies.ConstraintOperator;

namespace Connector.Policy.Tests;

/// <summary>What a diff makes of months, which are not all as long: held against a search through a whole leap cycle.</summary>
public sealed class PolicyDiffCalendarTests
{
    private static readonly string[] s_spans = ["P27D", "P28D", "P29D", "P30D", "P31D", "P58D", "P59D", "P60D", "P61D", "P364D", "P365D", "P366D", "P1M", "P2M", "P1Y", "P1M1D", "P1M2D", "P1MT12H", "P30DT12H", "P2M1D", "P11M30D"];

    private static readonly Gen<AtomicConstraint> s_limit = Gen.Select(PolicyGen.Pick("elapsed", "elapsed", "delay", "delay", "interval"), PolicyGen.Pick(s_spans), Gen.Bool,
        (word, span, including) => On(word, word == "elapsed" ? including ? Lteq : Lt : including ? Gteq : Gt, span));

    private static readonly Gen<AtomicConstraint> s_moment = Gen.Select(PolicyGen.Pick(Lt, Lteq, Gt, Gteq), Gen.Int[0, 47], Gen.Int[-3, 3], PolicyGen.Pick("T00:00:00Z", "T12:00:00Z", "T23:59:59.9999999Z", "T09:00:00+09:00"),
        (op, month, days, time) => On("now", op, Month(month).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + time));

    [Fact]
    public void What_a_search_through_a_leap_cycle_finds_is_never_decided_not_to_be_there()
    {
        var found = 0;
        Gen.Select(s_limit.Array[1, 2], s_limit.Array[2, 4], s_moment.Array[0, 2]).Sample((had, wanted, moments) =>
        {
            var old = new[] { Permission(had) };
            var more = Permission([.. wanted, .. moments]);
            var diff = PolicyDiff.Between(new Policies.Policy { Permissions = [.. old] }, new Policies.Policy { Permissions = [.. old, more] });
            var real = Found(new Policies.Policy { Permissions = [.. old] }, new Policies.Policy { Permissions = [more] }, [.. had, .. wanted, .. moments]);
            Interlocked.Add(ref found, real is null ? 0 : 1);
            Assert.True(real is null || !diff.Gained.IsEmpty || !diff.Decided, $"{string.Join(' ', had.Select(Text))} → {string.Join(' ', wanted.Concat(moments).Select(Text))}: {real}");
        }, iter: Effort.Of(60));
        Assert.True(found >= Effort.Of(60) / 5, $"only {found} were found to differ");
    }

    [Theory]
    [InlineData("2027-02-10T00:00:00Z", "2027-03-10T00:00:00Z", "delay: { min: P1M }", "elapsed: { max: P28D }")]
    [InlineData("2027-05-31T00:00:00Z", "2027-06-30T00:00:00Z", "delay: { min: P1M }", "elapsed: { less: P30DT1S }")]
    [InlineData("2028-02-29T00:00:00Z", "2029-02-28T00:00:00Z", "delay: { min: P1Y }", "elapsed: { max: P365D }", "now: { before: 2029-03-01T00:00:00Z }")]
    [InlineData("2027-01-30T00:00:00Z", "2027-02-28T00:00:00Z", "delay: { min: P1M }", "elapsed: { max: P29D }", "now: { from: 2027-01-01T00:00:00Z, before: 2027-03-01T00:00:00Z }")]
    [InlineData("2027-02-10T00:00:00Z", "2027-03-10T00:00:00Z", "delay: { min: P1M }", "elapsed: { max: P28D }", "now: { from: 2027-03-10T00:00:00Z, before: 2027-03-11T00:00:00Z }")]
    [InlineData("2096-03-01T00:00:00Z", "2100-03-01T00:00:00Z", "delay: { min: P4Y }", "elapsed: { max: P1460D }")]
    [InlineData("2027-01-29T00:00:00Z", "2027-02-28T12:00:00Z", "delay: { min: P1M }", "elapsed: { max: P30DT12H }", "interval: { min: P1M }", "now: { before: 2027-03-01T00:00:00Z }")]
    public void A_difference_that_only_some_months_make_is_found(string start, string now, params string[] when)
    {
        // The example shows that there is one.
        Assert.True(Asked.Allows(string.Join(", ", when.Select(w => $"{{ {w} }}")), Asked.Nothing.On(now).Signed(start) with { LastUsedAt = Asked.At(start) }));
        var old = Policy("delay: { min: P900Y }");
        var diff = PolicyDiff.Between(old, Policy(when));

        Assert.True(diff.Decided);
        Assert.NotEmpty(diff.Gained);
    }

    [Theory]
    [InlineData("delay: { min: P1M }", "elapsed: { less: P28D }")]
    [InlineData("delay: { min: P4Y }", "elapsed: { max: P1459D }")]
    [InlineData("delay: { min: P1M }", "elapsed: { max: P28D }", "now: { from: 2027-04-01T00:00:00Z, before: 2028-02-01T00:00:00Z }")]
    [InlineData("delay: { min: P1M }", "elapsed: { max: P1M }", "now: { from: 2027-03-30T00:00:00Z, until: 2027-03-30T00:00:00Z }")]
    public void Where_no_month_makes_a_difference_it_is_decided_that_there_is_none(params string[] when)
    {
        var diff = PolicyDiff.Between(Policy("delay: { min: P900Y }"), Policy(["elapsed: { max: P10Y }", .. when]));

        Assert.Equal((true, true), (diff.Decided, diff.Gained.IsEmpty));
    }

    [Fact]
    public void Policies_that_reach_to_the_ends_of_time_are_compared()
    {
        var diff = PolicyDiff.Between(
            Policy("now: { from: 0001-01-01T00:00:00Z, until: 9999-12-31T23:59:59.9999999Z }", "elapsed: { max: P1000Y365000D }", "auditedAt: { until: 9999-12-31T23:59:59.9999999Z, from: 0001-01-01T00:00:00Z }"), Policy("elapsed: { max: P1M }"), PolicyGen.Vocabulary);

        Assert.Equal((true, false, false), (diff.Decided, diff.Lost.IsEmpty, diff.Gained.IsEmpty));
    }

    // Signed around the end of every month of four years, and each span and instant is looked at from both sides, wherever in the year it falls.
    private static Facts? Found(Policies.Policy old, Policies.Policy more, AtomicConstraint[] atoms)
    {
        var (before, after) = (CompiledPolicy.Compile(old), CompiledPolicy.Compile(more));
        var spans = atoms.Where(a => a.LeftOperand != Operands.DateTime).Select(a => a.Values[0]).Distinct().ToList();
        var instants = atoms.Where(a => a.LeftOperand == Operands.DateTime).Select(a => Asked.At(a.Values[0])).ToList();
        var waits = atoms.Any(a => a.LeftOperand == Operands.ByWord("interval")!.Iri);
        foreach (var signed in Enumerable.Range(1, 48).SelectMany(month => Enumerable.Range(-10, 16).Select(half => Month(month).AddHours(12 * half))))
        {
            var ends = spans.Select(s => Spans.After(signed, s)!.Value).ToList();
            foreach (var now in ends.Concat(instants.Where(i => i >= signed)).SelectMany(e => new[] { e.AddTicks(-1), e, e.AddTicks(1) }))
            {
                foreach (var used in waits ? Starts(now, spans) : [null])
                {
                    var facts = Asked.Nothing with { Now = now, AgreementSignedAt = signed, LastUsedAt = used };
                    if (after.Permits(EnforcementPoint.Transfer, facts) && !before.Permits(EnforcementPoint.Transfer, facts))
                    {
                        return facts;
                    }
                }
            }
        }

        return null;
    }

    private static IEnumerable<DateTimeOffset?> Starts(DateTimeOffset now, List<string> spans) =>
        from span in spans
        where Spans.TryParse(span, out _, out _)
        let about = now - (Spans.After(now, span)!.Value - now)
        from days in Enumerable.Range(-2, 5)
        select (DateTimeOffset?)about.AddDays(days);

    private static DateTimeOffset Month(int number) => new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(number);

    private static Permission Permission(AtomicConstraint[] atoms) => new("use", [.. atoms], []);

    private static Policies.Policy Policy(params string[] when) =>
        PolicyText.Of($"permit: [ {{ when: [ {string.Join(", ", when.Select(w => $"{{ {w} }}"))} ] }} ]", PolicyGen.Vocabulary);

    private static AtomicConstraint On(string word, ConstraintOperator op, string value) => new(Operands.ByWord(word)!.Iri, op, [value]);

    private static string Text(AtomicConstraint atom) => $"({Operands.ByIri(atom.LeftOperand)!.Word} {atom.Operator} {atom.Values[0]})";
}
