using System.Collections.Immutable;
using System.Text.Json;
using Connector.Policies;
using CsCheck;

namespace Connector.Policy.Tests;

public sealed class PolicyPropertyTests
{
    [Fact]
    public void What_is_written_as_ODRL_JSON_reads_back_the_same() => PolicyGen.Worded.Sample(policy =>
    {
        using var json = JsonDocument.Parse(OdrlJson.ToJson(policy, PolicyGen.Vocabulary));
        Assert.True(OdrlJson.TryRead(json.RootElement, out var read, out var faults, PolicyGen.Vocabulary), string.Join("\n", faults));
        return read.Equals(policy);
    });

    [Fact]
    public void What_is_written_as_a_policy_file_reads_back_the_same() => PolicyGen.Worded.Sample(policy =>
    {
        var document = new PolicyDocument("p-1", ImmutableSortedDictionary<string, string>.Empty.Add("en", "A \"title\": # \\ of\nmany").Add("ja", "方針"), policy) { Vocabulary = PolicyGen.Vocabulary };
        var text = PolicyYaml.Write(document);
        var faults = new List<Fault>();
        var read = PolicyText.Read(text, faults, PolicyGen.Vocabulary);
        Assert.True(faults.Count == 0, string.Join("\n", faults) + "\n" + text);
        Assert.Equal((document.Name, PolicyYaml.Write(read!)), (read!.Name, text));
        return read.Policy.Equals(policy) && read.Title.SequenceEqual(document.Title);
    });

    [Fact]
    public void A_million_random_policies_and_facts_are_decided_as_the_plain_semantics_decide_them()
    {
        var (permits, asked) = (0, 0);
        Gen.Select(PolicyGen.Worded.Array[8], PolicyGen.Facts.Array[25]).Sample(
            (policies, facts) =>
            {
                foreach (var policy in policies)
                {
                    var compiled = CompiledPolicy.Compile(policy, PolicyGen.Vocabulary);
                    for (var i = 0; i < facts.Length; i++)
                    {
                        var at = (EnforcementPoint)(i % 5);
                        var permitted = compiled.Permits(at, facts[i]);
                        Interlocked.Add(ref permits, permitted ? 1 : 0);
                        Interlocked.Increment(ref asked);
                        if (permitted != NaiveEvaluator.Permits(policy, at, facts[i]))
                        {
                            Assert.Fail($"they differ at {at} on {facts[i]}:\n{OdrlJson.ToJson(policy, PolicyGen.Vocabulary)}");
                        }
                    }
                }
            },
            iter: Effort.Of(5_000));
        Assert.True(asked >= Effort.Of(1_000_000), $"{asked} were asked");
        Assert.InRange(permits, asked / 20, asked / 2);
    }

    [Fact]
    public void A_verdict_with_its_trace_says_what_the_answer_without_says() => Gen.Select(PolicyGen.Worded, Gen.Enum<EnforcementPoint>(), PolicyGen.Facts).Sample((policy, at, facts) =>
    {
        var compiled = CompiledPolicy.Compile(policy, PolicyGen.Vocabulary);
        var verdict = compiled.Evaluate(at, facts);
        return verdict.Permitted == compiled.Permits(at, facts) && verdict.Permitted == (verdict.ReasonCode is null) && verdict.ChangesAt == compiled.NextChange(facts);
    }, iter: Effort.Of(20_000));

    [Fact]
    public void Another_purpose_never_permits_more() =>
        Gen.Select(PolicyGen.Worded.Where(p => !OdrlJson.ToJson(p, PolicyGen.Vocabulary).Contains("isAllOf", StringComparison.Ordinal)), PolicyGen.Pick("ai-training", "pcf-calculation", "marketing"), Gen.Enum<EnforcementPoint>(), PolicyGen.Facts.Where(f => !f.Purposes.IsEmpty))
            .Sample((policy, more, at, facts) => !Permits(policy, at, facts with { Purposes = facts.Purposes.Add(more) }) || Permits(policy, at, facts), iter: Effort.Of(20_000));

    [Fact]
    public void Another_prohibition_never_permits_more() => Gen.Select(PolicyGen.Worded, PolicyGen.Constraint, Gen.Enum<EnforcementPoint>(), PolicyGen.Facts).Sample((policy, more, at, facts) =>
    {
        var stricter = new Policies.Policy { Permissions = policy.Permissions, Prohibitions = policy.Prohibitions.Add(new Prohibition("use", [more])), Obligations = policy.Obligations };
        return !Permits(stricter, at, facts) || Permits(policy, at, facts);
    });

    [Fact]
    public void Another_constraint_on_every_permission_never_permits_more() => Gen.Select(PolicyGen.Worded, PolicyGen.Constraint, Gen.Enum<EnforcementPoint>(), PolicyGen.Facts).Sample((policy, more, at, facts) =>
    {
        var stricter = new Policies.Policy { Permissions = [.. policy.Permissions.Select(p => p with { Constraints = p.Constraints.Add(more) })], Prohibitions = policy.Prohibitions, Obligations = policy.Obligations };
        return !Permits(stricter, at, facts) || Permits(policy, at, facts);
    });

    [Fact]
    public void Every_policy_is_within_itself() => PolicyGen.Worded.Sample(policy => PolicyComparison.IsWithin(policy, policy));

    [Fact]
    public void What_a_policy_within_another_permits_the_other_permits() => Gen.Select(PolicyGen.Pair, Gen.Enum<EnforcementPoint>(), PolicyGen.Facts).Sample((pair, at, facts) =>
        !PolicyComparison.IsWithin(pair.Old, pair.New) || !Permits(pair.Old, at, facts) || Permits(pair.New, at, facts), iter: Effort.Of(20_000));

    [Fact]
    public void What_a_condition_within_another_permits_the_other_permits() => Gen.Select(PolicyGen.Constraint, PolicyGen.Constraint, Gen.Enum<EnforcementPoint>(), PolicyGen.Facts).Sample((one, other, at, facts) =>
    {
        var (narrow, wide) = (Permit(one), Permit(other));
        return !PolicyComparison.IsWithin(narrow, wide) || !Permits(narrow, at, facts) || Permits(wide, at, facts);

        static Policies.Policy Permit(Constraint constraint) => new() { Permissions = [new Permission("use", [constraint], [])] };
    }, iter: Effort.Of(50_000));

    [Fact]
    public void A_verdict_stays_until_the_instant_at_which_it_says_it_can_change() => Gen.Select(PolicyGen.Worded, Gen.Enum<EnforcementPoint>(), PolicyGen.Facts, Gen.Double[0, 1]).Sample((policy, at, facts, part) =>
    {
        var verdict = CompiledPolicy.Compile(policy, PolicyGen.Vocabulary).Evaluate(at, facts);
        var until = verdict.ChangesAt ?? facts.Now.AddDays(400);
        var last = (until - facts.Now).Ticks - 1;
        return new[] { (long)(last * part), last }.All(ticks => Permits(policy, at, facts with { Now = facts.Now + TimeSpan.FromTicks(Math.Max(ticks, 0)) }) == verdict.Permitted);
    }, iter: Effort.Of(20_000));

    [Fact]
    public void What_is_over_never_permits_again() => Gen.Select(PolicyGen.Worded, PolicyGen.Facts, PolicyGen.Facts, Gen.Int[0, 100_000]).Sample((policy, facts, others, minutes) =>
        !CompiledPolicy.Compile(policy, PolicyGen.Vocabulary).IsOver(EnforcementPoint.During, facts)
        || !Permits(policy, EnforcementPoint.During, others with { Now = facts.Now.AddMinutes(minutes), AgreementSignedAt = facts.AgreementSignedAt, LastUsedAt = facts.LastUsedAt, Action = facts.Action }), iter: Effort.Of(50_000));

    [Fact]
    public void What_is_not_known_yet_leaves_open_whether_a_policy_is_over()
    {
        const string Body = "permit: [ { action: use } ]\nforbid: [ { when: [ { oneOf: [ { any: [ { lei: x }, { elapsed: { max: P1D } } ] }, { now: { from: 2020-01-01T00:00:00Z } } ] } ] } ]";

        Assert.False(PolicyText.Compile(Body).IsOver(EnforcementPoint.During, Asked.Nothing));
        Assert.True(Asked.Permits(Body, Asked.Nothing.Claims("lei", "x"), EnforcementPoint.During));
    }

    private static bool Permits(Policies.Policy policy, EnforcementPoint at, Facts facts) => CompiledPolicy.Compile(policy, PolicyGen.Vocabulary).Permits(at, facts);
}
