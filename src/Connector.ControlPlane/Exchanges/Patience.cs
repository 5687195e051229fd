namespace Connector.ControlPlane.Exchanges;

/// <summary>Gives up on a stream on which nothing has come for too long. Runs only while something is awaited, not while what came is worked on.</summary>
public sealed class Patience : IDisposable
{
    private readonly CancellationTokenSource _over;
    private readonly CancellationTokenSource _either;
    private readonly TimeSpan _most;

    /// <param name="most">The longest silence.</param>
    public Patience(TimeSpan most, TimeProvider time, CancellationToken cancel)
    {
        (_most, _over) = (most, new CancellationTokenSource(Timeout.InfiniteTimeSpan, time));
        _either = CancellationTokenSource.CreateLinkedTokenSource(_over.Token, cancel);
    }

    /// <summary>As the constructor, and already waiting.</summary>
    public static Patience Started(TimeSpan most, TimeProvider time, CancellationToken cancel)
    {
        var patience = new Patience(most, time, cancel);
        patience.Start();
        return patience;
    }

    /// <summary>Cancelled when patience is over, or by whoever called.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>It was silence that cancelled.</summary>
    public bool IsOver => _over.IsCancellationRequested;

    /// <summary>Something is awaited from now on; what came before is forgotten.</summary>
    public void Start() => _over.CancelAfter(_most);

    /// <summary>Nothing is awaited.</summary>
    public void Pause() => _over.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _either.Dispose();
        _over.Dispose();
    }
}
