namespace Connector.ControlPlane.Participants;

/// <summary>Gives the token that proves this connector's identity to one peer, for one call.</summary>
public interface ITokenSource
{
    ValueTask<Result<string>> TokenForAsync(PeerEntry peer, CancellationToken cancel);

    /// <summary>As the other, for the call that exchanges an access token for a new one: where the token is of our own making, its claim <c>token</c> names the old one (Tractus-X refresh token grant profile §3.1).</summary>
    /// <remarks>It is made out to the peer whatever the data address says (<c>refreshAudience</c>): with a token made out to somebody else the peer could pose as us there.</remarks>
    ValueTask<Result<string>> TokenForRefreshAsync(PeerEntry peer, string accessToken, CancellationToken cancel) => TokenForAsync(peer, cancel);
}
