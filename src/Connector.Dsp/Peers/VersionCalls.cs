using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Connector.ControlPlane;
using Connector.ControlPlane.Participants;
using Connector.Dsp.Outbound;
using Connector.Dsp.Wire;

namespace Connector.Dsp.Peers;

/// <summary>What a peer's version document says.</summary>
/// <param name="Addresses">Base addresses by version: those spoken here.</param>
/// <param name="Named">All versions that it names.</param>
internal sealed record FoundVersions(ImmutableDictionary<DspVersion, string> Addresses, IReadOnlyList<string> Named)
{
    /// <summary>The peer has no version document where one could be.</summary>
    public static FoundVersions None { get; } = new(ImmutableDictionary<DspVersion, string>.Empty, []);
}

/// <summary>Looks for a peer's version document: at the server that its Peer document names and at no other, bounded in time and size, without a token.</summary>
internal sealed class VersionCalls(Func<PeerEntry, HttpMessageHandler> handlers, TimeSpan deadline)
{
    private const int MaxBytes = 64 * 1024;

    /// <returns>What was found, <see cref="FoundVersions.None"/> included; a refusal when the peer cannot be asked now.</returns>
    public async ValueTask<Result<FoundVersions>> FindAsync(PeerEntry peer, Uri address)
    {
        using var calls = new HttpMessageInvoker(handlers(peer), disposeHandler: false);
        using var patience = new CancellationTokenSource(deadline);
        try
        {
            foreach (var root in VersionRules.Roots(address))
            {
                if (await AskAsync(calls, root, patience.Token) is { } found)
                {
                    return found;
                }
            }

            return FoundVersions.None;
        }
        catch (OperationCanceledException)
        {
            return new Refusal(RefusalKind.Unavailable, "deadline", "the peer did not answer in time");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or OutboundRefusedException)
        {
            return OutboundRefusals.Of(e, address);
        }
    }

    private static async ValueTask<FoundVersions?> AskAsync(HttpMessageInvoker calls, string root, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, root + DspAddresses.VersionDocument) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await calls.SendAsync(request, cancel);
        if ((int)response.StatusCode >= 500 || response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout)
        {
            throw new HttpRequestException($"the peer answered {(int)response.StatusCode}");
        }

        if (response.StatusCode != HttpStatusCode.OK || VersionWire.Read((await BoundedAnswer.ReadAsync(response.Content, MaxBytes, cancel)).Span, out var named) is not { } spoken)
        {
            return null;
        }

        var addresses = ImmutableDictionary.CreateBuilder<DspVersion, string>();
        foreach (var version in spoken)
        {
            addresses.TryAdd(version.Version, root + version.Path);
        }

        return new FoundVersions(addresses.ToImmutable(), named);
    }
}
