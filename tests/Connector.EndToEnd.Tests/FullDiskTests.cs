using Connector.Management.V1;

namespace Connector.EndToEnd.Tests;

public sealed class FullDiskTests
{
    [Fact]
    public async Task A_full_disk_is_told_to_both_sides_in_plain_words_and_loses_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "limits of a running process can only be set on Linux");
        await using var two = await TwoCompanies.StartAsync(bytes: 1000);
        await two.Supplier.LimitFilesAsync(new FileInfo(Path.Combine(two.Supplier.Folder, "data", "connector.db")).Length + 100_000);

        var begun = new List<string>();
        await TwoCompanies.UntilAsync(async () =>
        {
            var id = (await two.StartNegotiationAsync()).Id;
            begun.Add(id);
            var found = await new NegotiationService.NegotiationServiceClient(two.Customer.Calls).GetAsync(new NegotiationId { Id = begun[0] }, two.Customer.Token);
            var last = await new NegotiationService.NegotiationServiceClient(two.Customer.Calls).GetAsync(new NegotiationId { Id = begun[^1] }, two.Customer.Token);
            return new[] { found, last }.FirstOrDefault(n => n.LastError.Contains("store-unavailable", StringComparison.Ordinal));
        }, "the customer to be told");

        // The operator is told the file and what to do; nobody is shown a stack.
        Assert.NotEmpty(two.Supplier.Errors);
        Assert.All(two.Supplier.Errors, line =>
        {
            Assert.Contains("connector.db", line, StringComparison.Ordinal);
            Assert.Contains("what was acknowledged is kept", line, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
        });
        Assert.Empty(two.Customer.Errors);

        await two.Supplier.LimitFilesAsync(null);
        foreach (var id in begun)
        {
            await two.FinalizedAsync(id);
        }

        await two.EvidenceHoldsAsync();
        Assert.Equal(await two.AgreementsAsync(two.Supplier), await two.AgreementsAsync(two.Customer));
    }
}
