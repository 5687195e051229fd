using System.Collections.Concurrent;
using Connector.ControlPlane;
using Connector.ControlPlane.Participants;

namespace Connector.Dsp.Peers;

/// <summary>
/// Which version of the protocol each peer is talked to in, and at which address: as its Peer document says, else as its version document does
/// (DSP 2025-1, exposure of versions), which is kept for a while, or until its Peer document is applied.
/// </summary>
internal sealed class PeerVersions(Func<PeerEntry, HttpMessageHandler> handlers, DspRoomOptions options, TimeProvider time) : IPeerBindings
{
    private static readonly TimeSpan s_kept = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_missingKept = TimeSpan.FromMinutes(1);

    private readonly VersionCalls _calls = new(handlers, options.Deadline);
    private readonly ConcurrentDictionary<string, Looked> _looked = new(StringComparer.Ordinal);

    public async ValueTask<Result<Binding>> ChooseAsync(PeerEntry peer, Binding? asked, CancellationToken cancel)
    {
        if (peer.Choose(asked) is { } known)
        {
            return known;
        }

        var address = new Uri(peer.DspAddress!);
        if (!(await FoundAsync(peer, address, cancel)).Try(out var found, out var refusal))
        {
            return refusal with { Message = $"which version of the Dataspace Protocol '{peer.Name}' speaks could not be found out: {refusal.Message}", Mend = "try again later, or write its dspVersion into its Peer document" };
        }

        if (DspVersion.All.FirstOrDefault(found.Addresses.ContainsKey) is { } newest)
        {
            return newest.Binding;
        }

        return (found.Named, VersionRules.NamedBy(address)) switch
        {
            ({ Count: > 0 } named, _) => new Refusal(
                RefusalKind.Malformed, "no-common-version", $"'{peer.Name}' speaks version {string.Join(", ", named)} of the Dataspace Protocol, and this connector {Spoken}", "binding", "use another binding, or ask the peer's operator for one of these versions"),
            (_, { } named) => named.Binding,
            _ => new Refusal(
                RefusalKind.Malformed, "version-unknown", $"neither the Peer document '{peer.Name}' nor a version document at {address.Authority} says which version of the Dataspace Protocol it speaks", "dspVersion", $"write dspVersion ({Spoken}) into its Peer document"),
        };
    }

    /// <summary>The peer's base address for a version; null when it has none for this protocol.</summary>
    public async ValueTask<string?> AddressAsync(PeerEntry peer, DspVersion version, CancellationToken cancel) =>
        peer.DspBinding is null && peer.DspAddress is { } address && (await FoundAsync(peer, new Uri(address), cancel)).Try(out var found, out _) && found.Addresses.TryGetValue(version, out var named)
            ? named
            : DspAddresses.Of(peer, version);

    public void Forget(string participantId) => _looked.TryRemove(participantId, out _);

    private static string Spoken => string.Join(" and ", DspVersion.All.Select(v => v.Name));

    // All who ask at the same time wait for the same call; what could not be asked is not kept.
    private async ValueTask<Result<FoundVersions>> FoundAsync(PeerEntry peer, Uri address, CancellationToken cancel)
    {
        var looked = _looked.AddOrUpdate(peer.ParticipantId, _ => Look(peer, address), (_, before) => before.IsGood(peer, time.GetUtcNow()) ? before : Look(peer, address));
        var call = looked.Found.Value;
        try
        {
            var found = await call.WaitAsync(cancel);
            if (found.Try(out var versions, out _))
            {
                looked.Until ??= time.GetUtcNow() + (versions.Named.Count > 0 ? s_kept : s_missingKept);
            }

            return found;
        }
        finally
        {
            if (call.IsCompleted && looked.Until is null)
            {
                _looked.TryRemove(new KeyValuePair<string, Looked>(peer.ParticipantId, looked));
            }
        }
    }

    private Looked Look(PeerEntry peer, Uri address) => new(peer, new Lazy<Task<Result<FoundVersions>>>(() => _calls.FindAsync(peer, address).AsTask()));

    private sealed class Looked(PeerEntry peer, Lazy<Task<Result<FoundVersions>>> found)
    {
        public Lazy<Task<Result<FoundVersions>>> Found => found;

        /// <summary>Null while the call is under way.</summary>
        public DateTimeOffset? Until { get; set; }

        public bool IsGood(PeerEntry now, DateTimeOffset at) => peer.DspAddress == now.DspAddress && (Until is not { } until || at < until);
    }
}
