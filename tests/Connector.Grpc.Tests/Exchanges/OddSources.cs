using System.Runtime.CompilerServices;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Publications;

namespace Connector.Grpc.Tests.Exchanges;

/// <summary>Sources that go wrong once the first piece was read.</summary>
internal abstract class OddSources : IDataSources
{
    public ValueTask<Result<Manifest>> DescribeAsync(DataSource source, string? contentType, CancellationToken cancel) =>
        new(new Manifest("text/plain", [new ManifestFile("d", 4, new byte[32], 1024, new byte[32], new byte[32])]));

    public async IAsyncEnumerable<Piece> ReadAsync(DataSource source, Manifest manifest, ResumePoint from, [EnumeratorCancellation] CancellationToken cancel)
    {
        yield return new Piece(0, 0, new byte[] { 1, 2 }, false);
        await GoWrongAsync(cancel);
    }

    protected abstract Task GoWrongAsync(CancellationToken cancel);
}

internal sealed class SilentSources : OddSources
{
    protected override Task GoWrongAsync(CancellationToken cancel) => Task.Delay(Timeout.Infinite, cancel);
}

internal sealed class ChangingSources : OddSources
{
    protected override Task GoWrongAsync(CancellationToken cancel) => throw new IOException("the dataset's file 'd' changed");
}
