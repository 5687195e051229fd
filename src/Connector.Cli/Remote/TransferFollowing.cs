using Connector.Management.V1;
using Grpc.Core;

namespace Connector.Cli.Remote;

/// <summary>
/// Starts a transfer and follows it to its end. A connector that goes away meanwhile is waited for: the transfer belongs to the
/// connector, not to this process, and goes on by itself after a restart.
/// </summary>
internal sealed class TransferFollowing(Connection connection, TimeProvider time)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly TransferService.TransferServiceClient _client = new(connection.Calls);

    /// <summary>Asks the connector for the data; it attaches to the same transfer when one is under way.</summary>
    public async Task<Transfer> StartAsync(StartTransferRequest request, CancellationToken cancel) =>
        await _client.StartAsync(request, cancellationToken: cancel);

    /// <summary>The transfer once it is COMPLETED or TERMINATED.</summary>
    /// <param name="progress">Told of each change and of bytes that arrived.</param>
    /// <param name="say">Told why it stands still.</param>
    public async Task<Transfer> UntilEndedAsync(Transfer transfer, Action<Transfer>? progress, Action<string> say, CancellationToken cancel)
    {
        var heard = time.GetTimestamp();
        var lost = false;
        while (!Ended(transfer))
        {
            try
            {
                using var watch = _client.Watch(new TransferId { Id = transfer.Id }, cancellationToken: cancel);
                await foreach (var now in watch.ResponseStream.ReadAllAsync(cancel))
                {
                    if (lost)
                    {
                        say("connected again");
                    }

                    (transfer, heard, lost) = (now, time.GetTimestamp(), false);
                    progress?.Invoke(now);
                }

                lost = !Ended(transfer);
            }
            catch (RpcException e) when (IsLoss(e, cancel) && time.GetElapsedTime(heard) < s_patience)
            {
                if (!lost)
                {
                    say("the connector is away; waiting for it");
                }

                lost = true;
            }

            if (lost)
            {
                await Task.Delay(s_pause, time, cancel);
            }
        }

        return transfer;
    }

    private static bool Ended(Transfer transfer) => transfer.State is "COMPLETED" or "TERMINATED";

    private static bool IsLoss(RpcException e, CancellationToken cancel) =>
        !cancel.IsCancellationRequested && e.GetRpcStatus() is null && e.StatusCode is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Cancelled or StatusCode.Unknown;
}
