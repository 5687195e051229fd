namespace Connector.ControlPlane.Participants;

/// <summary>The peers this connector knows, by participant id or local name. Lock-free reads of the newest applied documents.</summary>
public interface IPeerDirectory
{
    /// <summary>The peer with this participant id, or null.</summary>
    PeerEntry? ById(string participantId);

    /// <summary>The peer with this local name or participant id, or null.</summary>
    PeerEntry? Find(string nameOrId);

    IReadOnlyCollection<PeerEntry> All { get; }
}
