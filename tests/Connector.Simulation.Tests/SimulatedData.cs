using System.Runtime.CompilerServices;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Transfers;

namespace Connector.Simulation.Tests;

/// <summary>A dataset of no bytes: the simulation is about the control of the exchange, not about moving bytes.</summary>
internal sealed class SimulatedData : IDataSources, IDataSinks
{
    private static readonly Manifest s_manifest = new("application/json", []);

    public ValueTask<Result<Manifest>> DescribeAsync(DataSource source, string? contentType, CancellationToken cancel) => ValueTask.FromResult<Result<Manifest>>(s_manifest);

    public IAsyncEnumerable<Piece> ReadAsync(DataSource source, Manifest manifest, ResumePoint from, CancellationToken cancel) => AsyncEnumerable.Empty<Piece>();

    public async ValueTask<Result<Received>> ReceiveAsync(string transferId, string target, IDataStream stream, IProgress<ExchangeProgress>? progress, CancellationToken cancel)
    {
        if (!(await stream.DescribeAsync(cancel)).Try(out var manifest, out var refusal))
        {
            return refusal;
        }

        try
        {
            await foreach (var _ in stream.ReadAsync(default, cancel))
            {
            }
        }
        catch (ExchangeBrokenException e)
        {
            return e.Refusal;
        }

        return new Received(manifest, target);
    }

    public void Discard(string transferId, string target)
    {
    }
}

/// <summary>The consumer's stream of a pull: opens the provider's flow directly.</summary>
internal sealed class SimulatedStream(Func<Node> provider, string consumer, Transfer transfer) : IDataStream
{
    public async ValueTask<Result<Manifest>> DescribeAsync(CancellationToken cancel)
    {
        if (!(await OpenAsync(cancel)).Try(out var flow, out var refusal))
        {
            return refusal;
        }

        using (flow)
        {
            return flow.Manifest;
        }
    }

    public async IAsyncEnumerable<Piece> ReadAsync(ResumePoint from, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (!(await OpenAsync(cancel)).Try(out var flow, out var refusal))
        {
            throw new ExchangeBrokenException(refusal);
        }

        using (flow)
        {
            await foreach (var piece in flow.ReadAsync(from, cancel))
            {
                yield return piece;
            }
        }
    }

    private async ValueTask<Result<Flow>> OpenAsync(CancellationToken cancel) => provider().Life is { } life
        ? await life.Exchanges.OpenAsync(new Peer(consumer, life.Node.PeerClaims, "simulation", DateTimeOffset.MaxValue), transfer.ProviderPid, transfer.DataAddress?.Token ?? "", null, cancel)
        : new Refusal(RefusalKind.Unavailable, "down", "the provider is down");
}
