namespace Connector.Grpc.Peers;

/// <summary>Cancels a stream that stays silent too long. Runs only while something is awaited, not while what came is worked on.</summary>
internal sealed class Patience : IDisposable
{
    private readonly TimeSpan _most;
    private readonly CancellationTokenSource _over;
    private readonly CancellationTokenSource _either;

    public Patience(TimeSpan most, TimeProvider time, CancellationToken cancel)
    {
        _most = most;
        _over = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_over.Token, cancel);
    }

    public CancellationToken Token => _either.Token;

    public bool IsOver => _over.IsCancellationRequested;

    public void Start() => _over.CancelAfter(_most);

    public void Pause() => _over.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _either.Dispose();
        _over.Dispose();
    }
}
