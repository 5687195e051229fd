using Connector.ControlPlane.Participants;

namespace Connector.Trust.Tests;

/// <summary>The peer directory of a test: documents are applied and replaced as it likes.</summary>
internal sealed class Peers : IPeerDirectory
{
    private readonly Dictionary<string, PeerEntry> _entries = new(StringComparer.Ordinal);

    public IReadOnlyCollection<PeerEntry> All => _entries.Values;

    public void Apply(PeerEntry entry) => _entries[entry.ParticipantId] = entry;

    public PeerEntry? ById(string participantId) => _entries.GetValueOrDefault(participantId);

    public PeerEntry? Find(string nameOrId) => ById(nameOrId) ?? _entries.Values.FirstOrDefault(entry => entry.Name == nameOrId);
}
