using System.Text.Json;
using Connector.Policies;
using CsCheck;

namespace Connector.Policy.Tests;

public sealed class PolicyPropertyTests
{
    [Fact]
    public void What_is_written_as_ODRL_JSON_reads_back_the_same() => PolicyGen.Policy.Sample(policy =>
    {
        using var json = JsonDocument.Parse(OdrlJson.ToJson(policy));
        Assert.True(OdrlJson.TryRead(json.RootElement, out var read, out var faults), string.Join("\n", faults));
        return read.Equals(policy);
    });

    [Fact]
    public void Another_prohibition_never_permits_more() => Gen.Select(PolicyGen.Policy, PolicyGen.Constraint, Gen.Enum<EnforcementPoint>(), PolicyGen.Facts).Sample((policy, more, at, facts) =>
    {
        var stricter = new Policies.Policy { Permissions = policy.Permissions, Prohibitions = policy.Prohibitions.Add(new Prohibition("use", [more])) };
        return !Permits(stricter, at, facts) || Permits(policy, at, facts);
    });

    [Fact]
    public void Another_constraint_on_every_permission_never_permits_more() => Gen.Select(PolicyGen.Policy, PolicyGen.Constraint, Gen.Enum<EnforcementPoint>(), PolicyGen.Facts).Sample((policy, more, at, facts) =>
    {
        var stricter = new Policies.Policy { Permissions = [.. policy.Permissions.Select(p => p with { Constraints = p.Constraints.Add(more) })], Prohibitions = policy.Prohibitions };
        return !Permits(stricter, at, facts) || Permits(policy, at, facts);
    });

    [Fact]
    public void Every_policy_is_within_itself() => PolicyGen.Policy.Sample(policy => PolicyComparison.IsWithin(policy, policy));

    [Fact]
    public void What_a_policy_within_another_permits_the_other_permits() => Gen.Select(PolicyGen.Policy, PolicyGen.Policy, Gen.Enum<EnforcementPoint>(), PolicyGen.Facts).Sample((one, other, at, facts) =>
        !PolicyComparison.IsWithin(one, other) || !Permits(one, at, facts) || Permits(other, at, facts), iter: 20_000);

    [Fact]
    public void A_verdict_stays_until_the_instant_at_which_it_says_it_can_change() => Gen.Select(PolicyGen.Policy, Gen.Enum<EnforcementPoint>(), PolicyGen.Facts, Gen.Double[0, 1]).Sample((policy, at, facts, part) =>
    {
        var verdict = CompiledPolicy.Compile(policy).Evaluate(at, facts);
        var until = verdict.ChangesAt ?? facts.Now.AddDays(400);
        var later = new Facts
        {
            ParticipantId = facts.ParticipantId,
            Now = facts.Now + TimeSpan.FromTicks((long)((until - facts.Now).Ticks * part * 0.999)),
            AgreementSignedAt = facts.AgreementSignedAt,
            Purposes = facts.Purposes,
            Claims = facts.Claims,
        };
        return Permits(policy, at, later) == verdict.Permitted;
    });

    private static bool Permits(Policies.Policy policy, EnforcementPoint at, Facts facts) => CompiledPolicy.Compile(policy).Evaluate(at, facts).Permitted;
}
