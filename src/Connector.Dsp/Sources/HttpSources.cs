using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Publications;

namespace Connector.Dsp.Sources;

/// <summary>Provides datasets whose source is an HTTP address, by snapshots of it; all others are another's.</summary>
internal sealed class HttpSources(SourceCalls calls, Snapshots snapshots, IDataSources others) : IDataSources
{
    public ValueTask<Refusal?> CheckAsync(DataSource source, string? contentType, CancellationToken cancel) =>
        source.Http is { } http ? new(calls.Check(http)) : others.CheckAsync(source, contentType, cancel);

    public async ValueTask<Result<Manifest>> DescribeAsync(DataSource source, string? contentType, CancellationToken cancel) =>
        source.Http is not { } http ? await others.DescribeAsync(source, contentType, cancel)
        : (await snapshots.TakeAsync(http, cancel)).Try(out var snapshot, out var refusal) ? snapshot.Manifest with { ContentType = contentType ?? snapshot.Manifest.ContentType }
        : refusal;

    public IAsyncEnumerable<Piece> ReadAsync(DataSource source, Manifest manifest, ResumePoint from, CancellationToken cancel) =>
        source.Http is not { } http ? others.ReadAsync(source, manifest, from, cancel)
        : snapshots.Of(http, manifest) is { } snapshot ? others.ReadAsync(snapshot.File, manifest, from, cancel)
        : Gone();

    public void LetGo()
    {
        snapshots.LetGo();
        others.LetGo();
    }

    private static async IAsyncEnumerable<Piece> Gone()
    {
        await ValueTask.FromException(new IOException("the dataset's source has changed since its manifest was made"));
        yield break;
    }
}
