using System.Runtime.CompilerServices;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Transfers;
using Connector.Grpc.Errors;
using Grpc.Core;
using V1 = Dataspace.Peer.V1;

namespace Connector.Grpc.Peers;

/// <summary>The stream of a pull, as the consumer reads it. Lasts as long as something comes.</summary>
internal sealed class PulledStream(GrpcPeerClient client, PeerAddress to, Transfer transfer, GrpcRoomOptions options, TimeProvider time) : IDataStream
{
    private static readonly Refusal s_stalled = new(RefusalKind.Unavailable, "stalled", "the provider sends nothing any more", null, "try again");

    /// <summary>The version of the manifest that was read; empty of a provider that names none.</summary>
    private string _version = "";

    private string Token => transfer.DataAddress?.Token ?? "";

    public async ValueTask<Result<Manifest>> DescribeAsync(CancellationToken cancel)
    {
        try
        {
            // No deadline: of a large dataset that is asked for the first time, every hash is computed before the answer.
            return await ManifestWire.ReadAsync(
                VersionedAsync(OpenAsync((calls, call) => new V1.ExchangeService.ExchangeServiceClient(calls).Describe(new V1.DescribeRequest { ProviderPid = transfer.ProviderPid, Token = Token }, call), cancel)), cancel);
        }
        catch (ExchangeBrokenException e)
        {
            return e.Refusal;
        }
        catch (RpcException e)
        {
            return e.ToRefusal();
        }
    }

    public async IAsyncEnumerable<Piece> ReadAsync(ResumePoint from, [EnumeratorCancellation] CancellationToken cancel)
    {
        var request = new V1.PullRequest { ProviderPid = transfer.ProviderPid, Token = Token, FromFile = from.File, FromChunk = from.Chunk, ManifestVersion = _version };
        await foreach (var pulled in OpenAsync((calls, call) => calls.AsyncServerStreamingCall(PulledPiece.Pull, null, call, request), cancel))
        {
            using (pulled)
            {
                yield return pulled.Piece;
            }
        }
    }

    private async IAsyncEnumerable<V1.ManifestPart> VersionedAsync(IAsyncEnumerable<V1.ManifestPart> parts)
    {
        _version = "";
        await foreach (var part in parts)
        {
            _version = part.Version.Length == 0 ? _version : WireChecks.Line(part.Version, "manifest.version", WireChecks.MaxId);
            yield return part;
        }
    }

    private async IAsyncEnumerable<T> OpenAsync<T>(Func<CallInvoker, CallOptions, AsyncServerStreamingCall<T>> open, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (!(await client.OptionsAsync(to, cancel)).Try(out var ready, out var refusal))
        {
            throw new ExchangeBrokenException(refusal);
        }

        using var patience = new Patience(options.Stall, time, cancel);
        using var call = open(ready.Calls, ready.Options.WithCancellationToken(patience.Token));
        while (await NextAsync(call.ResponseStream, patience, cancel))
        {
            yield return call.ResponseStream.Current;
        }
    }

    private static async ValueTask<bool> NextAsync<T>(IAsyncStreamReader<T> stream, Patience patience, CancellationToken cancel)
    {
        patience.Start();
        try
        {
            return await stream.MoveNext(CancellationToken.None);
        }
        catch (RpcException e)
        {
            cancel.ThrowIfCancellationRequested();
            throw new ExchangeBrokenException(patience.IsOver ? s_stalled : e.ToRefusal());
        }
        finally
        {
            patience.Pause();
        }
    }
}
