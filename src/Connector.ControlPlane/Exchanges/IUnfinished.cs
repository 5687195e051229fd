namespace Connector.ControlPlane.Exchanges;

/// <summary>What has arrived of transfers and is not signed for. It outlives a break, a suspension and a restart, and must not outlive its transfer.</summary>
public interface IUnfinished
{
    /// <summary>The transfers of which something is held.</summary>
    IEnumerable<string> Transfers();

    /// <summary>Forgets a transfer whose data was signed for. What is in place stays there, and nothing of it elsewhere.</summary>
    /// <exception cref="IOException">What is elsewhere cannot be removed.</exception>
    void Keep(string transferId) => Discard(transferId);

    /// <summary>Removes what is held of a transfer.</summary>
    /// <returns>False when it is being filled at this moment.</returns>
    /// <exception cref="IOException">It cannot be removed.</exception>
    bool Discard(string transferId);
}
