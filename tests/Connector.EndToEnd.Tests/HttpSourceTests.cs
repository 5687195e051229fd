using System.Net;
using Connector.Trust.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Connector.EndToEnd.Tests;

/// <summary>A dataset that lives behind another server, which only the supplier's daemon may ask, arrives at the customer's.</summary>
public sealed class HttpSourceTests
{
    private const string Secret = "s3cret-of-the-source";

    [Theory]
    [InlineData("grpc", "")]
    [InlineData("grpc", "push")]
    [InlineData("dsp", "")]
    [InlineData("dsp", "push")]
    public async Task Its_bytes_arrive_are_signed_for_and_leave_nothing_when_it_is_withdrawn(string binding, string format)
    {
        await using var two = await TwoCompanies.StartAsync(bytes: 3_000_000);
        var data = await File.ReadAllBytesAsync(Path.Combine(two.Inbox, "..", "data.bin"));
        await using var source = await ServeAsync(data);
        SecretFile.Write(Path.Combine(two.Supplier.Folder, "source.token"), Secret);
        await two.Supplier.ApplyAsync("source.yaml", two.Supplier.Folder, $$"""
            apiVersion: connector/v1
            kind: Dataset
            name: data
            source:
              http:
                url: {{source.Urls.Single()}}/footprints
                credentials: { bearer: { file: ./source.token } }
                allowedNetworks: [ 127.0.0.0/8 ]
            """);
        var agreement = await two.AgreedAsync(binding);

        var transfer = await two.PullAsync(agreement, "arrived.csv", format);

        await two.ArrivedWholeAsync(transfer.Id, "arrived.csv");
        Assert.Contains("Receipt", await TwoCompanies.EvidenceAsync(two.Customer, transfer.Id));
        await two.EvidenceHoldsAsync();
        await two.NothingIsLeftOverAsync();
        two.NoErrorsWereLogged();

        await two.Supplier.ApplyAsync("source.yaml", Path.Combine(two.Inbox, ".."), """
            apiVersion: connector/v1
            kind: Dataset
            name: data
            source: { file: ./data.bin }
            """);
        var snapshots = Path.Combine(two.Supplier.Folder, "data", "cache", "sources");
        Assert.Empty(Directory.Exists(snapshots) ? Directory.EnumerateFiles(snapshots) : []);
    }

    [Fact]
    public async Task A_source_that_fails_is_told_without_its_address_and_served_once_it_is_well_again()
    {
        await using var two = await TwoCompanies.StartAsync(bytes: 3_000_000);
        var well = false;
        await using var source = await ServeAsync(await File.ReadAllBytesAsync(Path.Combine(two.Inbox, "..", "data.bin")), () => Volatile.Read(ref well));
        SecretFile.Write(Path.Combine(two.Supplier.Folder, "source.token"), Secret);
        await two.Supplier.ApplyAsync("source.yaml", two.Supplier.Folder, $$"""
            apiVersion: connector/v1
            kind: Dataset
            name: data
            source: { http: { url: {{source.Urls.Single()}}/footprints, credentials: { bearer: { file: ./source.token } }, allowedNetworks: [ 127.0.0.0/8 ] } }
            """);
        var transfer = await two.PullAsync(await two.AgreedAsync("grpc"), "arrived.csv");

        var delayed = await two.TransferAsync(transfer.Id, t => t.LastError.Length > 0, "be told");
        Assert.Contains("source-failed", delayed.LastError, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", delayed.LastError, StringComparison.Ordinal);
        Volatile.Write(ref well, true);

        await two.ArrivedWholeAsync(transfer.Id, "arrived.csv");
    }

    /// <summary>A server of the supplier's own, which lets in whoever shows the secret.</summary>
    private static async Task<WebApplication> ServeAsync(byte[] data, Func<bool>? well = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapGet("/footprints", context => context.Request.Headers.Authorization != $"Bearer {Secret}" ? Results.Unauthorized().ExecuteAsync(context)
            : well?.Invoke() == false ? Results.InternalServerError().ExecuteAsync(context)
            : Results.Bytes(data, "text/csv").ExecuteAsync(context));
        await app.StartAsync();
        return app;
    }
}
