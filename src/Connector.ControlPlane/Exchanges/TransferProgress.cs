using Connector.ControlPlane.Events;
using Connector.ControlPlane.Transfers;

namespace Connector.ControlPlane.Exchanges;

/// <summary>Tells those who watch how far a transfer's bytes are, at most once in a few MiB.</summary>
internal sealed class TransferProgress(Happenings happenings, Transfer transfer, TimeProvider time) : IProgress<ExchangeProgress>
{
    private const long Every = 4 * 1024 * 1024;
    private long _told = -Every;

    public void Report(ExchangeProgress value)
    {
        if (happenings.Watched && (value.Bytes - _told >= Every || value.Bytes == value.Total))
        {
            _told = value.Bytes;
            happenings.Publish(new Happening("progress", transfer.Id, transfer.Peer, transfer.Role, TransferRules.Name(transfer.State), null, time.GetUtcNow()) { Progress = value });
        }
    }
}
