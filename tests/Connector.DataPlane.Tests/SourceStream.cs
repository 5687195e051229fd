using System.Runtime.CompilerServices;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Publications;

namespace Connector.DataPlane.Tests;

/// <summary>A stream straight from a source, as if there were a network between them; it can break, lie and change bytes.</summary>
internal sealed class SourceStream(IDataSources sources, DataSource source) : IDataStream
{
    public static Refusal Cut { get; } = new(RefusalKind.Unavailable, "connection-lost", "the connection broke");

    /// <summary>Breaks the connection after so many pieces; null never.</summary>
    public int? BreakAfter { get; set; }

    /// <summary>Changes the manifest on its way.</summary>
    public Func<Manifest, Manifest> Change { get; init; } = m => m;

    /// <summary>Changes pieces on their way.</summary>
    public Func<Piece, Piece> ChangePiece { get; init; } = p => p;

    /// <summary>Called ahead of each piece.</summary>
    public Action<Piece> Watch { get; init; } = _ => { };

    /// <summary>Where the stream was asked for from, call by call.</summary>
    public List<ResumePoint> Asked { get; } = [];

    public async ValueTask<Result<Manifest>> DescribeAsync(CancellationToken cancel) =>
        (await sources.DescribeAsync(source, null, cancel)).Try(out var manifest, out var refusal) ? Change(manifest) : refusal;

    public async IAsyncEnumerable<Piece> ReadAsync(ResumePoint from, [EnumeratorCancellation] CancellationToken cancel)
    {
        Asked.Add(from);
        var manifest = (await sources.DescribeAsync(source, null, cancel)).Value;
        var left = BreakAfter;
        await foreach (var piece in sources.ReadAsync(source, manifest, from, cancel))
        {
            if (left-- == 0)
            {
                throw new ExchangeBrokenException(Cut);
            }

            Watch(piece);
            yield return ChangePiece(piece);
        }
    }
}
