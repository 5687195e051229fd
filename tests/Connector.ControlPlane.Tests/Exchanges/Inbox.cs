using Connector.ControlPlane.Exchanges;

namespace Connector.ControlPlane.Tests.Exchanges;

/// <summary>Has moved all of transfer "c" into place when something else happens.</summary>
/// <param name="refusal">Why it has not, if so.</param>
internal sealed class Inbox(Func<Task> then, Refusal? refusal = null) : IDataSinks, IUnfinished
{
    public List<string> Discarded { get; } = [];

    public List<string> Kept { get; } = [];

    public async ValueTask<Result<Received>> ReceiveAsync(string transferId, string target, IDataStream stream, IProgress<ExchangeProgress>? progress, CancellationToken cancel)
    {
        await then();
        return refusal is null ? new Received(new Manifest("text/plain", []), target) : refusal;
    }

    public void Discard(string transferId, string target) => Discarded.Add(transferId);

    public IEnumerable<string> Transfers() => ["c"];

    public void Keep(string transferId) => Kept.Add(transferId);

    public bool Discard(string transferId)
    {
        Discarded.Add(transferId);
        return true;
    }
}
