using Connector.ControlPlane.Stores;
using Xunit;

namespace Connector.Testing.Stores;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Effects_wait_in_the_order_in_which_they_were_decided()
    {
        await StoreAsync(new Change { Effects = [Records.Effect("z"), Records.Effect("b")] });
        await StoreAsync(new Change { Effects = [Records.Effect("a")] });

        var pending = await Ports.Effects.PendingAsync(0, 10, Cancel);
        Assert.Equal(["z", "b", "a"], pending.Select(e => e.Effect.Id));
        Assert.Equal(pending.Select(e => e.Position).Order(), pending.Select(e => e.Position));
        Assert.Equal(Records.Effect("z"), pending[0].Effect);
    }

    [Fact]
    public async Task Effects_are_read_page_by_page()
    {
        await StoreAsync(new Change { Effects = [.. Enumerable.Range(1, 25).Select(i => Records.Effect(Records.Id(i)))] });
        var (seen, after) = (new List<string>(), 0L);
        while (await Ports.Effects.PendingAsync(after, 10, Cancel) is { IsEmpty: false } page)
        {
            Assert.InRange(page.Length, 1, 10);
            seen.AddRange(page.Select(e => e.Effect.Id));
            after = page[^1].Position;
        }

        Assert.Equal(Enumerable.Range(1, 25).Select(Records.Id), seen);
    }

    [Fact]
    public async Task An_effect_that_is_done_is_gone_and_its_position_is_not_given_again()
    {
        await StoreAsync(new Change { Effects = [Records.Effect("1"), Records.Effect("2"), Records.Effect("3")] });
        var last = (await Ports.Effects.PendingAsync(0, 10, Cancel))[^1].Position;
        await StoreAsync(new Change { Done = ["1", "3"] });
        Assert.Equal(["2"], (await Ports.Effects.PendingAsync(0, 10, Cancel)).Select(e => e.Effect.Id));
        await StoreAsync(new Change { Effects = [Records.Effect("4")] });

        Assert.Equal("4", Assert.Single(await Ports.Effects.PendingAsync(last, 10, Cancel)).Effect.Id);
    }

    [Fact]
    public async Task Done_may_be_said_twice_and_of_an_effect_that_nobody_knows()
    {
        await StoreAsync(new Change { Effects = [Records.Effect("1")] });
        await StoreAsync(new Change { Done = ["1", "1", "never"] });
        await StoreAsync(new Change { Done = ["1"] });

        Assert.Empty(await Ports.Effects.PendingAsync(0, 10, Cancel));
    }

    [Fact]
    public async Task An_effect_may_follow_the_one_that_it_replaces()
    {
        await StoreAsync(new Change { Effects = [Records.Effect("1")] });
        await StoreAsync(new Change { Done = ["1"], Effects = [Records.Effect("1", "urn:uuid:again")] });

        Assert.Equal("urn:uuid:again", Assert.Single(await Ports.Effects.PendingAsync(0, 10, Cancel)).Effect.Subject);
    }
}
