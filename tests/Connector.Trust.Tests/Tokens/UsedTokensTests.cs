using Connector.Trust.Tokens;
using CsCheck;

namespace Connector.Trust.Tests.Tokens;

public sealed class UsedTokensTests
{
    private const int MaximumLife = 360;

    [Fact]
    public void It_answers_as_a_plain_list_of_all_live_tokens_would()
    {
        var call = Gen.OneOf(Gen.Const((long?)null), Gen.Long[0, 200].Select(static number => (long?)number), Gen.Long[long.MaxValue - 70, long.MaxValue].Select(static number => (long?)number));
        var step = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 4], call, Gen.Int[0, 60], Gen.Int[0, MaximumLife], static (from, id, call, passed, life) => (From: from, Id: id, Call: call, Passed: passed, Life: life));
        step.Array[1, 200].Sample(steps =>
        {
            var used = new UsedTokens(100_000);
            var live = new List<(string Name, long Until)>();
            var now = 1_000_000L;
            foreach (var (from, id, number, passed, life) in steps)
            {
                now += passed;
                var name = $"{from} {id} {number}";
                var answer = used.Mark($"issuer {from}", $"{id}", number, now + life, now);
                var known = live.Where(token => token.Name == name).Select(static token => token.Until).DefaultIfEmpty(0).Max();
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
        Assert.Equal(8_000, Flood(used, "a", 8_000, 1090, 1000));
        Assert.Equal(8_000, used.Count);
        Assert.Equal(8_000, Flood(used, "a", 8_000, 1190, 1100));
        Assert.Equal(8_000, used.Count);
    }

    [Fact]
    public void Expired_tokens_of_a_peer_that_has_gone_quiet_make_room_for_others()
    {
        var used = new UsedTokens(16_000);
        Assert.Equal(8_000, Flood(used, "a", 9_000, 1090, 1000));
        Assert.Equal(8_000, Flood(used, "b", 9_000, 1190, 1100));
        Assert.Equal(8_000, used.Count);
    }

    [Fact]
    public void Nothing_live_is_forgotten_when_it_is_full()
    {
        var used = new UsedTokens(1_600);
        var accepted = Flood(used, "a", 5_000, 1090, 1000);
        Assert.InRange(accepted, 1, 1_600);
        Assert.All(Enumerable.Range(0, accepted), i => Assert.Equal(Use.Again, used.Mark("a", $"{i}", null, 1090, 1089)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9)]
    public void Peers_that_take_all_they_can_get_equal_parts_and_leave_one_to_everybody_else(int floods)
    {
        var used = new UsedTokens(10_000);
        for (var i = 0; i < 10_000; i++)
        {
            for (var flood = 0; flood < floods; flood++)
                used.Mark($"flood {flood}", $"{i}", i % 2 == 0 ? null : i * 64L, 1090, 1000);
        }

        Assert.All(Enumerable.Range(0, floods), flood => Assert.InRange(used.Of($"flood {flood}", 1000).Count, (10_000 / (floods + 1)) - 1, (10_000 / (floods + 1)) + 1));
        Assert.Equal(500, Flood(used, "quiet", 500, 1090, 1000));
        Assert.InRange(used.Count, 1, 10_000);
    }

    [Fact]
    public void Room_that_is_taken_at_the_same_time_is_not_taken_twice()
    {
        var used = new UsedTokens(64);
        Parallel.For(0, 20_000, i => used.Mark($"issuer {i % 100}", $"{i}", null, 1090, 1000));
        Assert.InRange(used.Count, 32, 64);
        Assert.Equal(used.Count, Enumerable.Range(0, 100).Sum(i => used.Of($"issuer {i}", 1000).Count));
    }

    [Fact]
    public void Sixty_four_calls_in_a_row_take_the_room_of_one_token()
    {
        var used = new UsedTokens(100);
        for (var call = 0; call < 6400 / 2; call++)
            Assert.Equal(Use.First, used.Mark("a", "token", call, 1090, 1000));
        Assert.Equal(50, used.Count);
        Assert.Equal(Use.Full, used.Mark("a", "token", 6400, 1090, 1000));
        Assert.Equal((50, 1100), used.Of("a", 1000));
    }

    [Fact]
    public void A_token_without_numbers_and_the_first_call_of_one_with_them_are_two()
    {
        var used = new UsedTokens(100);
        Assert.Equal(Use.First, used.Mark("a", "token", null, 1090, 1000));
        Assert.Equal(Use.First, used.Mark("a", "token", 0, 1090, 1000));
        Assert.Equal(Use.Again, used.Mark("a", "token", null, 1090, 1000));
        Assert.Equal(Use.Again, used.Mark("a", "token", 0, 1090, 1000));
    }

    [Fact]
    public void The_same_jti_of_another_issuer_is_another_token()
    {
        var used = new UsedTokens(100);
        Assert.Equal(Use.First, used.Mark("did:web:a", "bc", null, 1090, 1000));
        Assert.Equal(Use.First, used.Mark("did:web:b", "bc", null, 1090, 1000));
        Assert.Equal(Use.First, used.Mark("did:web:ab", "c", null, 1090, 1000));
        Assert.Equal(Use.Again, used.Mark("did:web:a", "bc", null, 1090, 1000));
    }

    private static int Flood(UsedTokens used, string issuer, int times, long forgetAt, long now) =>
        Enumerable.Range(0, times).TakeWhile(i => used.Mark(issuer, $"{i}", null, forgetAt, now) == Use.First).Count();
}
