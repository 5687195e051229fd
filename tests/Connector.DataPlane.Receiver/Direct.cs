using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Publications;
using Connector.DataPlane.Sources;

namespace Connector.DataPlane.Receiver;

/// <summary>A stream without a network in between; says when it is asked.</summary>
public sealed class Direct(DataSources sources, DataSource source) : IDataStream
{
    private Manifest? _manifest;

    public async ValueTask<Result<Manifest>> DescribeAsync(CancellationToken cancel)
    {
        var described = await sources.DescribeAsync(source, null, cancel);
        _manifest = described.Value;
        Console.WriteLine("described");
        return described;
    }

    public IAsyncEnumerable<Piece> ReadAsync(ResumePoint from, CancellationToken cancel)
    {
        Console.WriteLine($"from {from.File}/{from.Chunk}");
        return sources.ReadAsync(source, _manifest!, from, cancel);
    }
}
