using System.Collections.Immutable;
using Connector.Policies;

namespace Connector.Policy.Tests;

public sealed class AllocationTests
{
    [Fact]
    public void A_permit_and_its_next_change_allocate_nothing()
    {
        var policy = PolicyText.Compile("""
            permit:
              - action: use
                when:
                  - membership: active
                  - any: [ { country: { within: EU } }, { country: JP } ]
                  - purpose: { anyOf: [regulatory-reporting] }
                  - now: { before: 2029-04-01T00:00:00+09:00 }
                  - elapsed: { max: P1Y }
                  - count: { max: 12 }
                then: [ { obtainConsent: { before: 2026-12-15T00:00:00Z, otherwise: [ { compensate: } ] } }, { delete: { within: P30D } } ]
            forbid:
              - when: [ { purpose: ai-training } ]
            """);
        var facts = new Facts
        {
            ParticipantId = "did:web:a.example",
            Now = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero),
            AgreementSignedAt = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero),
            Purposes = ["pcf-calculation"],
            Fulfilled = [new Fulfilment("permit[0].then[0]", new DateTimeOffset(2026, 12, 20, 0, 0, 0, TimeSpan.Zero)), "compensate"],
            Claims = new[] { ("membership", "active"), ("country", "JP") }.ToImmutableDictionary(c => c.Item1, c => new Claim([c.Item2], "test")),
            Observed = new[] { ("count", "3") }.ToImmutableDictionary(c => c.Item1, c => new Claim([c.Item2], "test")),
        };
        Assert.True(policy.Permits(EnforcementPoint.Transfer, facts));
        policy.NextChange(facts);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            policy.Permits(EnforcementPoint.Transfer, facts);
            policy.NextChange(facts);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
