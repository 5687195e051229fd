using Connector.Trust.Tokens;
using CsCheck;

namespace Connector.Trust.Tests.Tokens;

public sealed class UsedTokensTests
{
    private const int MaximumLife = 360;

    [Fact]
    public void It_answers_as_a_plain_list_of_all_live_tokens_would()
    {
        var step = Gen.Select(Gen.Int[0, 40], Gen.Int[0, 60], Gen.Int[0, MaximumLife], static (id, passed, life) => (Id: id, Passed: passed, Life: life));
        step.Array[1, 200].Sample(steps =>
        {
            var used = new UsedTokens(100_000);
            var live = new List<(string Id, long Until)>();
            var now = 1_000_000L;
            foreach (var (id, passed, life) in steps)
            {
                now += passed;
                var name = $"{id}";
                var answer = used.Mark("issuer", name, now + life, now);
                var known = live.Where(token => token.Id == name).Select(static token => token.Until).DefaultIfEmpty(0).Max();
                // Kept at least until its end, and no longer than the ten seconds of its group.
                if (known >= now && answer != Use.Again)
                    return false;
                if (known < now - 10 && answer != Use.First)
                    return false;
                if (answer == Use.First)
                    live.Add((name, now + life));
            }

            return true;
        });
    }

    [Fact]
    public void Expired_tokens_make_room()
    {
        var used = new UsedTokens(16_000);
        for (var i = 0; i < 8_000; i++)
            Assert.Equal(Use.First, used.Mark("issuer", $"a{i}", 1090, 1000));
        Assert.Equal(8_000, used.Count);
        for (var i = 0; i < 8_000; i++)
            Assert.Equal(Use.First, used.Mark("issuer", $"b{i}", 1190, 1100));
        Assert.Equal(8_000, used.Count);
    }

    [Fact]
    public void Nothing_live_is_forgotten_when_it_is_full()
    {
        var used = new UsedTokens(1_600);
        var accepted = new List<string>();
        var full = 0;
        for (var i = 0; i < 5_000; i++)
        {
            if (used.Mark("issuer", $"{i}", 1090, 1000) == Use.First)
                accepted.Add($"{i}");
            else
                full++;
        }

        Assert.True(full > 0);
        Assert.InRange(used.Count, 1, 1_600);
        Assert.All(accepted, id => Assert.Equal(Use.Again, used.Mark("issuer", id, 1090, 1089)));
    }

    [Fact]
    public void The_same_jti_of_another_issuer_is_another_token()
    {
        var used = new UsedTokens(100);
        Assert.Equal(Use.First, used.Mark("did:web:a", "bc", 1090, 1000));
        Assert.Equal(Use.First, used.Mark("did:web:b", "bc", 1090, 1000));
        Assert.Equal(Use.First, used.Mark("did:web:ab", "c", 1090, 1000));
        Assert.Equal(Use.Again, used.Mark("did:web:a", "bc", 1090, 1000));
    }
}
