namespace Connector.EndToEnd.Tests;

/// <summary>Transfers during which first one daemon dies by SIGKILL and then the other, at moments drawn from a seed.</summary>
internal static class Kills
{
    /// <param name="format">Empty for a pull.</param>
    /// <param name="longest">The latest moment of a kill after the start before it, in milliseconds.</param>
    public static async Task WhileMovingAsync(TwoCompanies two, string agreement, string format, int rounds, int seed, int longest)
    {
        var random = new Random(seed);
        for (var round = 0; round < rounds; round++)
        {
            var name = $"{round}.bin";
            var transfer = await TwoCompanies.UntilAsync(async () => await two.PullAsync(agreement, name, format), "a transfer to start");
            foreach (var victim in round % 2 == 0 ? (Company[])[two.Supplier, two.Customer] : [two.Customer, two.Supplier])
            {
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, longest)));
                await victim.KillAsync();
                Assert.True(!File.Exists(Path.Combine(two.Inbox, name)) || two.IsWhole(name), "a half-written file bears the target's name");
                await victim.StartAsync();
            }

            await two.ArrivedWholeAsync(transfer.Id, name);
        }
    }
}
