using System.Security.Cryptography;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Publications;
using Connector.DataPlane.Sources;
using Connector.Dsp.Data;
using Connector.Dsp.Sources;
using Connector.Dsp.Tests.Data;
using Connector.Dsp.Tests.Outbound;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

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
        Assert.Empty(Kept(supplier.House));
    }

    [Fact]
    public async Task A_source_that_is_withdrawn_leaves_no_file()
    {
        await using var site = await Site.OpenAsync(context => context.Response.WriteAsync("old"));
        await using var house = await House.OpenAsync();
        var source = await PublishAsync(house, site);
        await DescribeAsync(house, source);
        Assert.Single(Kept(house));

        Assert.Null((await house.Get<PublicationService>().DeleteAsync(new DocumentKey(DocumentKind.Dataset, "applied"), TestContext.Current.CancellationToken)).Refusal);

        Assert.Empty(Kept(house));
    }

    [Fact]
    public async Task A_source_that_is_withdrawn_while_it_is_asked_leaves_no_file()
    {
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var site = await Site.OpenAsync(async context =>
        {
            asked.SetResult();
            await answer.Task;
            await context.Response.WriteAsync("old");
        });
        await using var house = await House.OpenAsync();
        var source = await PublishAsync(house, site);

        var describing = DescribeAsync(house, source);
        await asked.Task;
        await house.ApplySourceAsync($"  http: {{ url: {new Uri(site.Address, "/other")} }}");
        answer.SetResult();
        var manifest = (await describing).Value;

        Assert.Empty(Kept(house));
        await Assert.ThrowsAsync<IOException>(() => ReadAsync(house, source, manifest));
    }

    [Fact]
    public async Task Both_snapshots_can_be_read_until_the_next_one_is_whole()
    {
        var version = 0;
        await using var supplier = await Supplier.OpenAsync(context => context.Response.WriteAsync($"version {++version}"));
        var house = supplier.House;
        var files = new Halting(house.Get<DataSources>());
        var sources = new HttpSources(house.Get<SourceCalls>(), new Snapshots(new SnapshotCalls(house.Get<SourceCalls>(), files, house.Time), house.Get<Library>(), house.Get<HttpDataOptions>(), house.Time, NullLogger<Snapshots>.Instance), files);
        var first = (await sources.DescribeAsync(supplier.Source, null, default)).Value;
        house.Time.Advance(TimeSpan.FromMinutes(2));
        var second = (await sources.DescribeAsync(supplier.Source, null, default)).Value;

        house.Time.Advance(TimeSpan.FromMinutes(2));
        files.Halted = new TaskCompletionSource();
        var third = sources.DescribeAsync(supplier.Source, null, default).AsTask();
        await files.Reached.Task;
        Assert.Equal("version 1"u8.ToArray(), await ReadAsync(sources, supplier.Source, first));
        Assert.Equal("version 2"u8.ToArray(), await ReadAsync(sources, supplier.Source, second));

        files.Halted.SetResult();
        Assert.Equal("version 3"u8.ToArray(), await ReadAsync(sources, supplier.Source, (await third).Value));
    }

    private static IEnumerable<string> Kept(House house) => Directory.Exists(house.File("snapshots")) ? Directory.EnumerateFiles(house.File("snapshots")) : [];

    private static async Task<DataSource> PublishAsync(House house, Site site)
    {
        var (source, faults) = await house.ApplySourceAsync($"  http: {{ url: {site.Address} }}");
        Assert.Equal("", faults);
        return source!;
    }

    private static ValueTask<Result<Manifest>> DescribeAsync(Supplier supplier) => DescribeAsync(supplier.House, supplier.Source);

    private static ValueTask<Result<Manifest>> DescribeAsync(House house, DataSource source) => house.Get<IDataSources>().DescribeAsync(source, null, TestContext.Current.CancellationToken);

    private static Task<byte[]> ReadAsync(Supplier supplier, Manifest manifest) => ReadAsync(supplier.House, supplier.Source, manifest);

    private static Task<byte[]> ReadAsync(House house, DataSource source, Manifest manifest) => ReadAsync(house.Get<IDataSources>(), source, manifest);

    private static async Task<byte[]> ReadAsync(IDataSources sources, DataSource source, Manifest manifest)
    {
        var all = new MemoryStream();
        await foreach (var piece in sources.ReadAsync(source, manifest, default, TestContext.Current.CancellationToken))
        {
            all.Write(piece.Bytes.Span);
        }

        return all.ToArray();
    }

    /// <summary>Files whose manifest is not made before somebody lets it.</summary>
    private sealed class Halting(IDataSources files) : IDataSources
    {
        public TaskCompletionSource? Halted { get; set; }

        public TaskCompletionSource Reached { get; } = new();

        public async ValueTask<Result<Manifest>> DescribeAsync(DataSource source, string? contentType, CancellationToken cancel)
        {
            if (Halted is { } halted)
            {
                Reached.TrySetResult();
                await halted.Task;
            }

            return await files.DescribeAsync(source, contentType, cancel);
        }

        public IAsyncEnumerable<Piece> ReadAsync(DataSource source, Manifest manifest, ResumePoint from, CancellationToken cancel) => files.ReadAsync(source, manifest, from, cancel);
    }
}
