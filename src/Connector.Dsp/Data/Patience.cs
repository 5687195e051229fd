namespace Connector.Dsp.Data;

/// <summary>Gives up on a stream on which nothing has come for too long.</summary>
internal sealed class Patience : IDisposable
{
    private readonly CancellationTokenSource _over;
    private readonly CancellationTokenSource _either;
    private readonly TimeSpan _stall;

    public Patience(TimeSpan stall, TimeProvider time, CancellationToken cancel)
    {
        (_stall, _over) = (stall, new CancellationTokenSource(stall, time));
        _either = CancellationTokenSource.CreateLinkedTokenSource(_over.Token, cancel);
    }

    public CancellationToken Token => _either.Token;

    public bool IsOver => _over.IsCancellationRequested;

    /// <summary>Something came.</summary>
    public void Renew() => _over.CancelAfter(_stall);

    /// <summary>Nothing is waited for.</summary>
    public void Pause() => _over.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _either.Dispose();
        _over.Dispose();
    }
}
