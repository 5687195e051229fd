namespace Connector.ControlPlane.Exchanges;

/// <summary>Files of this connector's own that hold what has arrived of transfers under way. They outlive a break, a suspension and a restart, and must not outlive their transfer.</summary>
public interface IUnfinished
{
    /// <summary>The transfers of which something is held.</summary>
    IEnumerable<string> Transfers();

    /// <summary>Removes what is held of a transfer.</summary>
    /// <returns>False when it is being filled at this moment.</returns>
    /// <exception cref="IOException">It cannot be removed.</exception>
    bool Discard(string transferId);
}
