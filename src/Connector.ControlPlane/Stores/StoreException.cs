namespace Connector.ControlPlane.Stores;

/// <summary>The store cannot do its work. The message says what was found and what to do; it may be shown to the operator, never to a peer.</summary>
public sealed class StoreException : Exception
{
    public StoreException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>What a peer is told: nothing was changed, and waiting helps, for the operator is told more.</summary>
    public static Refusal ForPeers { get; } = new(
        RefusalKind.Unavailable, "store-unavailable", "this connector cannot store anything just now, so nothing was changed", null, "try again later; its operator finds the reason in the log");

    /// <summary>What the operator is told.</summary>
    public Refusal ForOperator => new(RefusalKind.Unavailable, "store-unavailable", Message, null, "connector doctor looks at the store; what was acknowledged is kept");
}
