using Connector.ControlPlane.Participants;

namespace Connector.ControlPlane.Publications;

/// <summary>The peers of the applied documents.</summary>
public sealed class PeerDirectory(Library library) : IPeerDirectory
{
    public IReadOnlyCollection<PeerEntry> All => library.Current.Peers;

    public PeerEntry? ById(string participantId) => library.Current.PeerById(participantId);

    public PeerEntry? Find(string nameOrId) => library.Current.FindPeer(nameOrId);
}
