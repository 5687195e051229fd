using System.Security.Cryptography;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.Dsp.Tests.Data;
using Microsoft.AspNetCore.Http;

namespace Connector.Dsp.Tests.Sources;

/// <summary>An HTTP source for consumers that need size and hashes ahead of the bytes: over gRPC, and for a push.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public async Task Its_manifest_is_of_what_it_answers_and_its_bytes_are_those()
    {
        var content = House.Bytes(3_000_000);
        await using var supplier = await Supplier.OpenAsync(context => Results.Bytes(content, "text/csv", "footprints.csv").ExecuteAsync(context));

        var manifest = (await DescribeAsync(supplier)).Value;

        Assert.Equal(("footprints.csv", 3_000_000L, "text/csv"), (manifest.Files[0].Path, manifest.Size, manifest.ContentType));
        Assert.Equal(SHA256.HashData(content), manifest.Files[0].Sha256.ToArray());
        Assert.Equal(content, await ReadAsync(supplier, manifest));
        Assert.Equal(1, supplier.Calls);
    }

    [Fact]
    public async Task An_old_snapshot_is_asked_for_anew_and_kept_when_it_has_not_changed()
    {
        var statuses = new List<int>();
        await using var supplier = await Supplier.OpenAsync(async context =>
        {
            await Results.Bytes([1, 2, 3], "text/csv", entityTag: new Microsoft.Net.Http.Headers.EntityTagHeaderValue("\"v1\"")).ExecuteAsync(context);
            statuses.Add(context.Response.StatusCode);
        });

        var first = (await DescribeAsync(supplier)).Value;
        supplier.House.Time.Advance(TimeSpan.FromMinutes(2));
        var second = (await DescribeAsync(supplier)).Value;

        Assert.Equal([200, 304], statuses);
        Assert.Equal([1, 2, 3], await ReadAsync(supplier, second));
        Assert.Equal(first.Files[0].TreeRoot.ToArray(), second.Files[0].TreeRoot.ToArray());
    }

    [Fact]
    public async Task Whoever_reads_an_older_snapshot_reads_on_until_two_newer_ones_are_there()
    {
        var version = 0;
        await using var supplier = await Supplier.OpenAsync(context => context.Response.WriteAsync($"version {++version}"));

        var first = (await DescribeAsync(supplier)).Value;
        supplier.House.Time.Advance(TimeSpan.FromMinutes(2));
        var second = (await DescribeAsync(supplier)).Value;
        Assert.Equal("version 1"u8.ToArray(), await ReadAsync(supplier, first));
        Assert.Equal("version 2"u8.ToArray(), await ReadAsync(supplier, second));

        supplier.House.Time.Advance(TimeSpan.FromMinutes(2));
        var third = (await DescribeAsync(supplier)).Value;
        Assert.Equal("version 2"u8.ToArray(), await ReadAsync(supplier, second));
        Assert.Equal("version 3"u8.ToArray(), await ReadAsync(supplier, third));
        await Assert.ThrowsAsync<IOException>(() => ReadAsync(supplier, first));
    }

    [Theory]
    [InlineData(401, "source-denied")]
    [InlineData(404, "source-not-found")]
    [InlineData(500, "source-failed")]
    public async Task A_source_that_gives_no_data_gives_no_manifest(int status, string code)
    {
        await using var supplier = await Supplier.OpenAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        var refusal = (await DescribeAsync(supplier)).Refusal!;

        Assert.Equal(code, refusal.Code);
        Assert.DoesNotContain(supplier.Secret, refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_beyond_the_bound_leaves_no_snapshot()
    {
        await using var supplier = await Supplier.OpenAsync(context => context.Response.Body.WriteAsync(new byte[2000]).AsTask(), "    maxBytes: 1000");

        Assert.Equal("source-too-large", (await DescribeAsync(supplier)).Refusal?.Code);
        Assert.Equal(RefusalKind.Exhausted, (await DescribeAsync(supplier)).Refusal?.Kind);
    }

    private static ValueTask<Result<Manifest>> DescribeAsync(Supplier supplier) => supplier.House.Get<IDataSources>().DescribeAsync(supplier.Source, null, TestContext.Current.CancellationToken);

    private static async Task<byte[]> ReadAsync(Supplier supplier, Manifest manifest)
    {
        var all = new MemoryStream();
        await foreach (var piece in supplier.House.Get<IDataSources>().ReadAsync(supplier.Source, manifest, default, TestContext.Current.CancellationToken))
        {
            all.Write(piece.Bytes.Span);
        }

        return all.ToArray();
    }
}
