namespace Connector.Storage;

/// <summary>The store cannot do its work. The message says what was found and what to do; it may be shown to the operator, never to a peer.</summary>
public sealed class StoreException : Exception
{
    public StoreException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
