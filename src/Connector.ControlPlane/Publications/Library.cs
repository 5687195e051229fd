namespace Connector.ControlPlane.Publications;

/// <summary>The newest applied documents, compiled. Readers take <see cref="Current"/> once and work on it without locks.</summary>
public sealed class Library
{
    private LibrarySnapshot _current = LibrarySnapshot.Empty;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LibrarySnapshot Current => Volatile.Read(ref _current);

    /// <summary>Completes at the next <see cref="Replace"/> after this call.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    public void Replace(LibrarySnapshot snapshot)
    {
        Volatile.Write(ref _current, snapshot);
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }
}
