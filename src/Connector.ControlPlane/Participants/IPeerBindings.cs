namespace Connector.ControlPlane.Participants;

/// <summary>Which binding a peer is talked to by, where that has to be found out from the peer itself.</summary>
public interface IPeerBindings
{
    /// <summary>What <see cref="PeerEntry.Choose"/> says; where it does not know the version of the Dataspace Protocol, the newest that both sides speak.</summary>
    /// <returns>The binding, or why none could be found: the peer cannot be reached, names no version, or names none that is spoken here.</returns>
    ValueTask<Result<Binding>> ChooseAsync(PeerEntry peer, Binding? asked, CancellationToken cancel);

    /// <summary>What was found out about a participant may be so no longer: its Peer document was applied, anew or again.</summary>
    void Forget(string participantId)
    {
    }
}
